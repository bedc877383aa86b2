package io.jenkins.plugins.octopod.pipeline.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.pipeline.value.ProjectLookup;
import io.jenkins.plugins.octopod.pipeline.value.ResolvedStagingName;
import io.jenkins.plugins.octopod.pipeline.value.StagingStepResult;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Submits a step’s request to {@link StagingService}, unless there is nothing to do. Blocks. */
@ModuleInternal
public final class RequestSubmission {

    private final StagingStepRequest request;
    private final String requestId;
    private final Run<?, ?> pipelineRun;
    private final PrintStream console;

    /**
     * What has become of it.
     *
     * @param staging that a run is queued for; null if there is nothing to wait for
     * @param value that the step returns then
     * @param retryLater whether to submit again, as it can’t be taken in now
     */
    public record SubmissionResult(
            @CheckForNull Staging staging, @CheckForNull Map<String, Object> value, boolean retryLater) {

        private static SubmissionResult accepted(Staging staging) {
            return new SubmissionResult(staging, null, false);
        }

        private static SubmissionResult done(Map<String, Object> value) {
            return new SubmissionResult(null, value, false);
        }

        private static SubmissionResult notYet() {
            return new SubmissionResult(null, null, true);
        }
    }

    public RequestSubmission(StagingStepRequest request, String requestId, Run<?, ?> pipelineRun, PrintStream console) {
        this.request = request;
        this.requestId = requestId;
        this.pipelineRun = pipelineRun;
        this.console = console;
    }

    /**
     * @param first false where this was tried before, in which case it may have been accepted without anybody knowing
     * @throws RefusalException if it isn’t accepted
     */
    public SubmissionResult submit(boolean first) throws RefusalException, InterruptedException {
        OctopodProject project = ProjectLookup.find(request.projectPath(), pipelineRun.getParent());
        ResolvedStagingName name = ResolvedStagingName.of(request.name(), project);
        if (first && name.branch() != null) {
            console.println(Messages.RequestSubmission_name(request.name(), name.value()));
        }
        Staging staging = existing(project, name);
        if (!first && staging != null && wasAccepted(staging)) {
            return accepted(staging);
        }
        if (staging == null && request.kind() == Kind.CLEANUP) {
            console.println(Messages.RequestSubmission_alreadyCleanedUp(name.value(), project.getFullName()));
            return SubmissionResult.done(StagingStepResult.absent(project.getFullName(), name.value()));
        }
        if (staging != null && request.kind() == Kind.ARCHIVE && isArchived(staging)) {
            console.println(Messages.RequestSubmission_alreadyArchived(link(staging)));
            return SubmissionResult.done(StagingStepResult.of(staging));
        }
        boolean ownBefore = staging != null && RunLookup.isBusyFor(staging, pipelineRun);
        try {
            return accepted(
                    StagingService.submit(request(project, name), requestId).staging());
        } catch (RefusalException e) {
            // What an earlier or a parallel step of the same Pipeline run has begun is worth waiting for. It may have
            // begun, or have ended, only since.
            Staging busy = existing(project, name);
            boolean own = ownBefore || busy != null && RunLookup.isBusyFor(busy, pipelineRun);
            if (!own && e.getReason() != Reason.SHUTTING_DOWN) {
                throw e;
            }
            if (first) {
                console.println(Messages.RequestSubmission_later(e.getMessage()));
            }
            return SubmissionResult.notYet();
        }
    }

    private SubmissionResult accepted(Staging staging) {
        if (request.isWaiting()) {
            return SubmissionResult.accepted(staging);
        }
        console.println(Messages.RequestSubmission_notWaiting(link(staging)));
        return SubmissionResult.done(StagingStepResult.of(staging));
    }

    @CheckForNull
    private static Staging existing(OctopodProject project, ResolvedStagingName name) {
        return project.childOrNull(name.value()) instanceof Staging staging ? staging : null;
    }

    private boolean wasAccepted(Staging staging) {
        return RunLookup.isPending(staging, requestId) || RunLookup.run(staging, requestId) != null;
    }

    /** Also after a cleanup that failed: there is nothing left to archive, and the next step is to clean up again. */
    private static boolean isArchived(Staging staging) {
        return staging.getStatus().isArchived()
                && !staging.isBusy()
                && StagingService.find(staging.getParent(), staging.getName()).isPresent();
    }

    private StagingRequest request(OctopodProject project, ResolvedStagingName name) {
        return new StagingRequest(
                project,
                name.value(),
                name.branch(),
                request.kind(),
                request.application(),
                request.deployment(),
                List.of(new Cause.UpstreamCause(pipelineRun)));
    }

    private static String link(Staging staging) {
        return ModelHyperlinkNote.encodeTo(staging);
    }
}
