package io.jenkins.plugins.octopod.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.cli.BuildCommand.CLICause;
import io.jenkins.plugins.octopod.cli.output.CommandOutput;
import io.jenkins.plugins.octopod.cli.output.CommandResult;
import io.jenkins.plugins.octopod.cli.output.RunFollower;
import io.jenkins.plugins.octopod.cli.output.StagingJson;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.OverridesVersion;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.turn.SubmittedRequest;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** Base class of commands that request an action on a staging. */
@Restricted(NoExternalUse.class)
public abstract class AbstractActionCommand extends AbstractStagingCommand {

    private boolean waiting;
    private boolean json;
    private boolean queueing;

    @Option(
            name = "--wait",
            usage =
                    "Shows the log until the action has ended. Exit status: 0 if it succeeded, 16 if it failed, 17 if it "
                            + "was aborted. Without --wait, the command ends as soon as Jenkins has accepted the request.")
    public final void setWaiting(boolean waiting) {
        this.waiting = waiting;
    }

    @Option(name = "--json", usage = "Prints the staging as JSON. With --wait, the log goes to stderr.")
    public final void setJson(boolean json) {
        this.json = json;
    }

    @Option(
            name = "--queue",
            usage =
                    "If a different action is in progress on the staging, the request waits for its end instead of being "
                            + "refused. At most one request waits for a staging. A newer request of yours replaces it.")
    public final void setQueueing(boolean queueing) {
        this.queueing = queueing;
    }

    abstract SubmittedRequest submit() throws RefusalException, InterruptedException;

    final SubmittedRequest submit(Kind kind) throws RefusalException, InterruptedException {
        return submit(request(kind, Overrides.NONE, Overrides.NONE), null);
    }

    /**
     * Submits a request.
     *
     * @param expectedVersion version of the overrides that the staging must have; null for any
     */
    final SubmittedRequest submit(StagingRequest request, @CheckForNull OverridesVersion expectedVersion)
            throws RefusalException, InterruptedException {
        String requestId = UUID.randomUUID().toString();
        return queueing
                ? WaitingRequestService.submitOrWait(request, requestId, expectedVersion)
                : SubmittedRequest.of(StagingService.submit(request, requestId, expectedVersion));
    }

    final StagingRequest request(Kind kind, Overrides application, Overrides deployment) throws RefusalException {
        CLICause cause = new CLICause(Jenkins.getAuthentication2().getName());
        return new StagingRequest(project(), name(), null, kind, application, deployment, List.of(cause));
    }

    @Override
    final int execute() throws RefusalException, IOException, InterruptedException {
        SubmittedRequest submitted = submit();
        CommandOutput commandOutput = commandOutput();
        if (submitted.isWaiting()) {
            commandOutput.printError(submitted.waitingSentence());
        }
        CommandResult commandResult = waiting
                ? new RunFollower(submitted, commandOutput, json ? stderr : stdout).follow()
                : CommandResult.SUCCESS;
        if (json) {
            commandOutput.json(StagingJson.of(submitted.staging()));
        } else if (!waiting) {
            stdout.println(submitted.isWaiting() ? "waiting" : "ok");
        }
        return commandOutput.end(commandResult);
    }
}
