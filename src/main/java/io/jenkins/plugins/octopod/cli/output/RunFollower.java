package io.jenkins.plugins.octopod.cli.output;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.console.PlainTextConsoleOutputStream;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.turn.SubmittedRequest;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import io.jenkins.plugins.octopod.staging.waiting.RefusedRequest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import org.apache.commons.io.output.CloseShieldOutputStream;

/**
 * Waits for a request on the command’s own thread and prints the log of its run, if the current user has permission to
 * read it. It only observes: if the connection is closed during the wait, the run continues.
 */
@ModuleInternal
public final class RunFollower {

    private static final long PAUSE_MILLIS = 100;

    /** Number of polls after which the reason why the run is still in the queue is printed. */
    private static final int POLLS_IN_QUEUE = 20;

    private final OctopodProject project;
    private final String name;
    private final StagingAction action;
    private final String requestId;
    private final CommandOutput commandOutput;
    private final PrintStream target;

    @CheckForNull
    private StagingRun run;

    @CheckForNull
    private InputStream log;

    private boolean logClosed;

    private boolean missingPermissionPrinted;

    /** Number of polls during which the run waited in the queue. */
    private int polls;

    /**
     * Creates the follower of a submitted request.
     *
     * @param target stdout or stderr of the command, which gets the log
     */
    public RunFollower(SubmittedRequest request, CommandOutput commandOutput, PrintStream target) {
        this(request.staging(), request.action(), request.requestId(), commandOutput, target);
    }

    /** Creates the follower of a request that was accepted, or waits for its turn. */
    public RunFollower(
            Staging staging, StagingAction action, String requestId, CommandOutput commandOutput, PrintStream target) {
        this.project = staging.getParent();
        this.name = staging.getName();
        this.action = action;
        this.requestId = requestId;
        this.commandOutput = commandOutput;
        this.target = target;
    }

    /**
     * Blocks until the request’s run has ended, and returns its result.
     *
     * @throws InterruptedException if the thread is interrupted, or the client no longer reads the output
     */
    public CommandResult follow() throws IOException, InterruptedException {
        OutputStream utf8 = commandOutput.utf8(target);
        // Not closed, because Jenkins closes the target itself after further output.
        try (OutputStream text = new PlainTextConsoleOutputStream(CloseShieldOutputStream.wrap(utf8))) {
            CommandResult commandResult = poll(text);
            while (commandResult == null) {
                Thread.sleep(PAUSE_MILLIS);
                if (target.checkError()) {
                    throw new InterruptedException();
                }
                commandResult = poll(text);
            }
            return commandResult;
        } finally {
            utf8.flush();
            closeLog();
        }
    }

    @CheckForNull
    private CommandResult poll(OutputStream text) throws IOException {
        // In this order: an accepted request is pending when it no longer waits for its turn, and has its run, if it
        // ever gets one, when it is no longer pending.
        if (WaitingRequestService.isWaiting(project, name, requestId)) {
            return null;
        }
        Staging staging = StagingService.find(project, name).orElse(null);
        boolean pending = staging != null && RunLookup.isPending(staging, requestId);
        if (run == null && staging != null) {
            run = RunLookup.run(staging, requestId);
        }
        boolean done = !pending && (run == null || !run.isBuilding());
        if (run != null) {
            copyUntilEnd(run, text);
        } else if (staging != null && pending) {
            explainDelay(staging);
        }
        if (!done) {
            return staging == null ? CommandResult.failed(Messages.RunFollower_stagingDeleted(name)) : null;
        }
        return run != null ? CommandResult.of(run) : resultWithoutRun(staging);
    }

    /**
     * Returns the result of a request without a run. The run of a cleanup is deleted with its staging, possibly before
     * the first poll.
     */
    private CommandResult resultWithoutRun(@CheckForNull Staging staging) {
        RefusedRequest refused = WaitingRequestService.refusal(project, name, requestId);
        if (refused != null) {
            return CommandResult.failed(refused.sentence());
        }
        if (staging == null) {
            return action == StagingAction.CLEANUP
                    ? CommandResult.SUCCESS
                    : CommandResult.failed(Messages.RunFollower_stagingDeleted(name));
        }
        String reason = staging.observedState().reason();
        return CommandResult.aborted(reason != null ? reason : Messages.RunFollower_cancelled(name));
    }

    private void copyUntilEnd(StagingRun stagingRun, OutputStream text) throws IOException {
        if (logClosed) {
            return;
        }
        boolean ended = !stagingRun.isBuilding();
        copy(stagingRun, text);
        if (ended) {
            closeLog();
        }
    }

    /**
     * Closes the log. A cleanup’s staging is deleted after its run, and on NFS or Windows a directory with an open file
     * can’t be deleted.
     */
    private void closeLog() throws IOException {
        logClosed = true;
        if (log != null) {
            log.close();
        }
    }

    /**
     * Copies new output. The log stays open while the run is in progress, so that its end can be read after a cleanup
     * has deleted it.
     */
    private void copy(StagingRun stagingRun, OutputStream text) throws IOException {
        if (!stagingRun.hasPermission(StagingPermissions.LOG)) {
            if (!missingPermissionPrinted) {
                missingPermissionPrinted = true;
                commandOutput.printError(Messages.RunFollower_noLog(stagingRun.getFullDisplayName()));
            }
            return;
        }
        try {
            if (log == null) {
                // Without the file, core would return a sentence about the missing file as the log.
                log = stagingRun.getLogFile().isFile() ? stagingRun.getLogInputStream() : null;
            }
            if (log != null) {
                log.transferTo(text);
                text.flush();
            }
        } catch (FileNotFoundException | NoSuchFileException e) {
            return; // The log doesn’t exist yet, or no longer exists.
        }
    }

    private void explainDelay(Staging staging) {
        polls++;
        String why = polls == POLLS_IN_QUEUE ? RunLookup.queueReason(staging) : null;
        if (why != null) {
            commandOutput.printError(Messages.RunFollower_queued(name, why));
        }
    }
}
