package io.jenkins.plugins.octopod.cli;

import hudson.cli.BuildCommand.CLICause;
import io.jenkins.plugins.octopod.cli.output.CommandOutput;
import io.jenkins.plugins.octopod.cli.output.CommandResult;
import io.jenkins.plugins.octopod.cli.output.RunFollower;
import io.jenkins.plugins.octopod.cli.output.StagingJson;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.turn.IfBusy;
import io.jenkins.plugins.octopod.staging.turn.SubmittedRequest;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** Base class of commands that request an action on a staging. */
@Restricted(NoExternalUse.class)
public abstract class AbstractActionCommand extends AbstractStagingCommand {

    private final Kind kind;

    @Option(
            name = "--wait",
            usage =
                    "Shows the log until the action has ended. Exit status: 0 if it succeeded, 16 if it failed, 17 if it "
                            + "was aborted. Without --wait, the command ends as soon as Jenkins has accepted the request.")
    private boolean waiting;

    @Option(name = "--json", usage = "Prints the staging as JSON. With --wait, the log goes to stderr.")
    private boolean json;

    private IfBusy ifBusy = IfBusy.REFUSE;

    AbstractActionCommand(Kind kind, Localizable shortDescription, Localizable details) {
        super(shortDescription, details);
        this.kind = kind;
    }

    @Option(
            name = "--queue",
            usage =
                    "If a different action is in progress on the staging, the request waits for its end instead of being "
                            + "refused. At most one request waits for a staging. A newer request of yours replaces it.")
    public final void setQueueing(boolean queueing) {
        ifBusy = IfBusy.of(queueing);
    }

    /** Submits the command’s request, which has no overrides unless a command adds them. */
    SubmittedRequest submit() throws RefusalException, InterruptedException {
        return submit(request());
    }

    final SubmittedRequest submit(StagingRequest.Builder request) throws RefusalException, InterruptedException {
        return WaitingRequestService.submit(request.build(), ifBusy);
    }

    /** Returns a request of this command’s user for its staging, without overrides. */
    final StagingRequest.Builder request() throws RefusalException {
        return StagingRequest.builder(project(), name(), kind).cause(cause());
    }

    /** Returns the cause of a run that this command requests. */
    static CLICause cause() {
        return new CLICause(Jenkins.getAuthentication2().getName());
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
