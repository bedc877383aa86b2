package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.cli.output.ActionJson;
import io.jenkins.plugins.octopod.cli.output.StagingInfoFormatter;
import io.jenkins.plugins.octopod.cli.output.StagingJson;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** Command that prints a staging with its past actions. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodInfoCommand extends AbstractStagingCommand {

    @Option(name = "--json", usage = "Prints the staging and its actions as JSON.")
    private boolean json;

    public OctopodInfoCommand() {
        super(Messages._OctopodInfoCommand_shortDescription(), Messages._OctopodInfoCommand_details());
    }

    @Override
    int execute() throws RefusalException, IOException, InterruptedException {
        Staging staging = staging();
        StagingJson stagingJson = StagingJson.of(staging);
        List<ActionJson> actions = new ArrayList<>();
        for (StagingRun run : staging.getBuilds()) {
            StagingAction action = run.action();
            if (action != null) {
                actions.add(ActionJson.of(run, action));
            }
        }
        if (json) {
            commandOutput().json(stagingJson.with(actions));
        } else {
            commandOutput().print(StagingInfoFormatter.of(stagingJson, actions));
        }
        return 0;
    }
}
