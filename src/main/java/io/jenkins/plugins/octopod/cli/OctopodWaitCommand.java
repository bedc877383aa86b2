package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.cli.output.CommandResult;
import io.jenkins.plugins.octopod.cli.output.RunFollower;
import io.jenkins.plugins.octopod.cli.output.StagingJson;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import io.jenkins.plugins.octopod.staging.waiting.WaitingRequest;
import java.io.IOException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** Command that waits for the current action on a staging, independent of its requester. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodWaitCommand extends AbstractStagingCommand {

    @Option(name = "--json", usage = "Prints the staging as JSON after the action has ended. The log goes to stderr.")
    private boolean json;

    public OctopodWaitCommand() {
        super(Messages._OctopodWaitCommand_shortDescription(), Messages._OctopodWaitCommand_details());
    }

    @Override
    int execute() throws RefusalException, IOException, InterruptedException {
        Staging staging = staging();
        // In this order: an accepted request is pending when it no longer waits for its turn.
        WaitingRequest waiting = WaitingRequestService.find(staging);
        PendingAction pending = staging.observedState().pending();
        CommandResult commandResult;
        if (waiting != null) {
            StagingAction action = WaitingRequestService.action(Kind.valueOf(waiting.kind()));
            commandResult = follow(staging, action, waiting.requestId());
        } else if (pending != null) {
            commandResult = follow(staging, pending.action(), pending.requestId());
        } else {
            commandResult = last(staging);
        }
        if (json) {
            commandOutput().json(StagingJson.of(staging));
        }
        return commandOutput().end(commandResult);
    }

    private CommandResult follow(Staging staging, StagingAction action, String requestId)
            throws IOException, InterruptedException {
        return new RunFollower(staging, action, requestId, commandOutput(), json ? stderr : stdout).follow();
    }

    /** Returns the result of the last action, which might have ended just before the command started. */
    private static CommandResult last(Staging staging) {
        StagingRun run = staging.getLastBuild();
        return run == null
                ? CommandResult.aborted(
                        io.jenkins.plugins.octopod.cli.output.Messages.RunFollower_cancelled(staging.getName()))
                : CommandResult.of(run);
    }
}
