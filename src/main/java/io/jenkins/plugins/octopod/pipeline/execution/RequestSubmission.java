package io.jenkins.plugins.octopod.pipeline.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Cause;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.pipeline.value.ProjectLookup;
import io.jenkins.plugins.octopod.pipeline.value.ResolvedStagingName;
import io.jenkins.plugins.octopod.pipeline.value.StagingStepResult;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.BusyMessage;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.build.BranchSourceInfo;
import io.jenkins.plugins.octopod.staging.build.BuildRecord;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.request.NoteService;
import io.jenkins.plugins.octopod.staging.request.StagingBusyException;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.support.JenkinsStart;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** Submits a step’s request to {@link StagingService}, unless there is nothing to do. Blocks. */
@ModuleInternal
public final class RequestSubmission {

    private final StagingStepRequest request;

    private final String requestId;
    private final Run<?, ?> pipelineRun;
    private final PrintStream console;

    @CheckForNull
    private String announced;

    /** Number of the attempt to submit a request. */
    public enum Attempt {
        FIRST,
        /** The request was submitted before, in which case it might have been accepted without a response. */
        REPEATED
    }

    /**
     * Result of a submission.
     *
     * @param staging staging for which a run is queued; null if none is
     * @param value value that the step returns immediately; null if it waits for the run, or must submit again
     * @param retryLater whether to submit again later, because the request can’t be accepted now
     * @param busy busy staging, after whose current action the request should be submitted again; null if the staging
     *     isn’t busy
     */
    public record SubmissionResult(
            @CheckForNull Staging staging,
            @CheckForNull Map<String, Object> value,
            boolean retryLater,
            @CheckForNull Staging busy) {

        private static SubmissionResult accepted(Staging staging) {
            return new SubmissionResult(staging, null, false, null);
        }

        private static SubmissionResult acceptedWithoutWaiting(Staging staging, Map<String, Object> value) {
            return new SubmissionResult(staging, value, false, null);
        }

        private static SubmissionResult done(Map<String, Object> value) {
            return new SubmissionResult(null, value, false, null);
        }

        private static SubmissionResult notYet() {
            return new SubmissionResult(null, null, true, null);
        }

        private static SubmissionResult busy(Staging staging) {
            return new SubmissionResult(null, null, true, staging);
        }
    }

    /**
     * Creates the submission.
     *
     * @param announced result of {@link #announced} of the previous submission; null if the console doesn’t mention a
     *     wait yet
     */
    public RequestSubmission(
            StagingStepRequest request,
            String requestId,
            Run<?, ?> pipelineRun,
            PrintStream console,
            @CheckForNull String announced) {
        this.request = request;
        this.requestId = requestId;
        this.pipelineRun = pipelineRun;
        this.console = console;
        this.announced = announced;
    }

    /** Returns the id of the action that the console mentions as the reason to wait; null if it mentions none. */
    @CheckForNull
    public String announced() {
        return announced;
    }

    /**
     * Submits the request.
     *
     * @throws RefusalException if the request is refused
     */
    public SubmissionResult submit(Attempt attempt) throws RefusalException, InterruptedException {
        Staging taken = attempt == Attempt.FIRST ? null : accepted();
        if (taken != null) {
            return accepted(taken);
        }
        OctopodProject project = ProjectLookup.find(request.projectPath(), pipelineRun.getParent());
        ResolvedStagingName name = ResolvedStagingName.of(request.name(), project);
        if (attempt == Attempt.FIRST && name.branch() != null) {
            console.println(Messages.RequestSubmission_name(request.name(), name.value()));
        }
        try {
            return submit(project, name, attempt);
        } catch (RefusalException e) {
            refused(project, name, e.getSummary());
            throw e;
        } catch (AccessDeniedException e) {
            // The exception names the user.
            refused(project, name, Messages.RequestSubmission_notPermitted());
            throw e;
        }
    }

    private void refused(OctopodProject project, ResolvedStagingName name, String reason) {
        if (request.isPublishingChecks()) {
            DeploymentListener.notifyAll(listener -> listener.onRefused(pipelineRun, project, name.value(), reason));
        }
    }

    private SubmissionResult submit(OctopodProject project, ResolvedStagingName name, Attempt attempt)
            throws RefusalException, InterruptedException {
        Staging staging = existing(project, name);
        if (staging == null && request.kind() == Kind.CLEANUP) {
            console.println(Messages.RequestSubmission_alreadyCleanedUp(name.value(), project.getFullName()));
            return SubmissionResult.done(StagingStepResult.absent(project.getFullName(), name.value()));
        }
        if (staging != null && request.kind() == Kind.ARCHIVE && isArchived(staging)) {
            console.println(Messages.RequestSubmission_alreadyArchived(link(staging)));
            return SubmissionResult.done(StagingStepResult.of(staging));
        }
        try {
            return accepted(StagingService.submit(request(project, name)).staging());
        } catch (StagingBusyException e) {
            return busy(e);
        } catch (RefusalException e) {
            boolean resuming = attempt == Attempt.REPEATED
                    && e.getReason() == Reason.UNAVAILABLE
                    && JenkinsStart.mayAgentsBeMissing();
            if (e.getReason() != Reason.SHUTTING_DOWN && !resuming) {
                throw e;
            }
            String why = e.getReason().name();
            if (!why.equals(announced)) {
                announced = why;
                console.println(Messages.RequestSubmission_later(e.getMessage()));
            }
            return SubmissionResult.notYet();
        }
    }

    private SubmissionResult busy(StagingBusyException e) throws StagingBusyException {
        Staging staging = e.staging();
        // The step always waits for actions of earlier or parallel steps of the same build.
        boolean own = e.causes().stream().anyMatch(this::isOfThisBuild);
        if (!own && request.options().whenBusy() == WhenBusy.FAIL) {
            throw e;
        }
        if (!e.requestId().equals(announced)) {
            announced = e.requestId();
            announce(staging, e);
            if (!own && request.options().whenBusy() == WhenBusy.ABORT) {
                abort(staging, e);
            }
        }
        return SubmissionResult.busy(staging);
    }

    private void announce(Staging staging, StagingBusyException e) {
        String doing = BusyMessage.doing(e.action());
        console.println(
                e.runUrl() == null
                        ? Messages.RequestSubmission_busyQueued(link(staging), doing)
                        : Messages.RequestSubmission_busyRun(link(staging), doing, linkToRun(e)));
    }

    /**
     * Aborts the current action, unless a newer build of the same job has started it. An older state should not replace
     * a newer one.
     */
    private void abort(Staging staging, StagingBusyException e) {
        if (e.causes().stream().anyMatch(this::isOfNewerBuild)) {
            return;
        }
        staging.checkAbortPermission();
        console.println(Messages.RequestSubmission_aborting(e.runUrl() == null ? link(staging) : linkToRun(e)));
        new RequestCancellation(() -> staging, e.requestId(), interruptions()).begin();
    }

    private static List<CauseOfInterruption> interruptions() {
        Authentication authentication = Jenkins.getAuthentication2();
        return authentication.equals(ACL.SYSTEM2)
                ? List.of()
                : List.of(new CauseOfInterruption.UserInterruption(authentication.getName()));
    }

    private boolean isOfThisBuild(Cause cause) {
        return cause instanceof Cause.UpstreamCause upstream && upstream.pointsTo(pipelineRun);
    }

    private boolean isOfNewerBuild(Cause cause) {
        return cause instanceof Cause.UpstreamCause upstream
                && upstream.pointsTo(pipelineRun.getParent())
                && upstream.getUpstreamBuild() > pipelineRun.getNumber();
    }

    private static String linkToRun(StagingBusyException e) {
        return ModelHyperlinkNote.encodeTo('/' + e.runUrl(), e.runName());
    }

    private SubmissionResult accepted(Staging staging) {
        BuildRecord.accepted(pipelineRun, staging, requestId);
        if (request.isPublishingChecks()) {
            DeploymentListener.notifyAll(listener -> listener.onAccepted(pipelineRun, staging, requestId));
        }
        writeNote(staging);
        if (request.options().waiting()) {
            return SubmissionResult.accepted(staging);
        }
        console.println(Messages.RequestSubmission_notWaiting(link(staging)));
        return SubmissionResult.acceptedWithoutWaiting(staging, StagingStepResult.of(staging));
    }

    /** Writes the note. The accepted request continues if that isn’t possible. */
    private void writeNote(Staging staging) {
        if (request.options().note() != null) {
            try {
                NoteService.write(staging, request.options().note(), List.of(new Cause.UpstreamCause(pipelineRun)));
            } catch (RefusalException | AccessDeniedException e) {
                console.println(Messages.RequestSubmission_noteNotWritten(e.getMessage()));
            }
        }
    }

    /** Returns the existing staging; null if it doesn’t exist or the build’s user can’t see it. */
    @CheckForNull
    private static Staging existing(OctopodProject project, ResolvedStagingName name) {
        return StagingService.find(project, name.value()).orElse(null);
    }

    /**
     * Returns the staging that has accepted the request; null if none has. Works even if the Pipeline may no longer use
     * the project.
     */
    @CheckForNull
    private Staging accepted() throws RefusalException {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (OctopodProject project : ProjectLookup.candidates(request.projectPath(), pipelineRun.getParent())) {
                Staging staging = existing(project, ResolvedStagingName.of(request.name(), project));
                if (staging != null && wasAccepted(staging)) {
                    return staging;
                }
            }
            return null;
        }
    }

    private boolean wasAccepted(Staging staging) {
        return RunLookup.isPending(staging, requestId) || RunLookup.run(staging, requestId) != null;
    }

    /**
     * Returns whether there is nothing left to archive. This includes a failed cleanup, after which the cleanup must be
     * repeated.
     */
    private static boolean isArchived(Staging staging) {
        return staging.getStatus().isArchived()
                && !staging.isBusy()
                && StagingService.find(staging.getParent(), staging.getName()).isPresent();
    }

    private StagingRequest request(OctopodProject project, ResolvedStagingName name) {
        return StagingRequest.builder(project, name.value(), request.kind())
                .id(requestId)
                .branch(name.branch())
                .overrides(request.overrides())
                .commit(BranchSourceInfo.commit(pipelineRun))
                .cause(new Cause.UpstreamCause(pipelineRun))
                .build();
    }

    private static String link(Staging staging) {
        return ModelHyperlinkNote.encodeTo(staging);
    }
}
