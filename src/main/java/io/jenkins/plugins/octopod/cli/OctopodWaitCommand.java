package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.cli.output.CommandResult;
import io.jenkins.plugins.octopod.cli.output.RunFollower;
import io.jenkins.plugins.octopod.cli.output.StagingJson;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.io.IOException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** Waits for what is going on with a staging, whoever has asked for it. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodWaitCommand extends AbstractStagingCommand {

    private boolean json;

    @Option(name = "--json", usage = "Print the staging as JSON in the end; the log goes to stderr.")
    public void setJson(boolean json) {
        this.json = json;
    }

    @Override
    public String getShortDescription() {
        return Messages.OctopodWaitCommand_shortDescription();
    }

    @Override
    String details() {
        return Messages.OctopodWaitCommand_details();
    }

    @Override
    int execute() throws RefusalException, IOException, InterruptedException {
        Staging staging = staging();
        PendingAction pending = staging.observedState().pending();
        CommandResult commandResult = pending == null
                ? last(staging)
                : new RunFollower(
                                staging, pending.action(), pending.requestId(), commandOutput(), json ? stderr : stdout)
                        .follow();
        if (json) {
            commandOutput().json(StagingJson.of(staging));
        }
        return commandOutput().end(commandResult);
    }

    /** Of what was done last, as it may have ended just before somebody came to wait for it. */
    private static CommandResult last(Staging staging) {
        StagingRun run = staging.getLastBuild();
        return run == null
                ? CommandResult.aborted(
                        io.jenkins.plugins.octopod.cli.output.Messages.RunFollower_cancelled(staging.getName()))
                : CommandResult.of(run);
    }
}
