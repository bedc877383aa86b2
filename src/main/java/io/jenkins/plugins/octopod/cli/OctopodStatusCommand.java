package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.cli.output.CommandResult;
import io.jenkins.plugins.octopod.cli.output.StagingJson;
import io.jenkins.plugins.octopod.engine.CheckResult;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.checks.OnDemandCheck;
import java.io.IOException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** Command that runs {@code check} for a staging. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodStatusCommand extends AbstractStagingCommand {

    @Option(name = "--json", usage = "Prints the result of check and the staging as JSON.")
    private boolean json;

    public OctopodStatusCommand() {
        super(Messages._OctopodStatusCommand_shortDescription(), Messages._OctopodStatusCommand_details());
    }

    /**
     * JSON output.
     *
     * @param check status of the staging according to {@code check}
     */
    private record Form(String check, StagingJson staging) {}

    @Override
    int execute() throws RefusalException, IOException, InterruptedException {
        Staging staging = staging();
        CheckResult result = OnDemandCheck.ask(staging);
        String status = result.status().name();
        if (json) {
            commandOutput().json(new Form(status, StagingJson.of(staging)));
        } else {
            stdout.println(status);
        }
        return result == CheckResult.OK ? 0 : CommandResult.FAILED;
    }
}
