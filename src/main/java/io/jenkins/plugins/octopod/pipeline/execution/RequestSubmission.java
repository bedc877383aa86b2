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
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.request.StagingBusyException;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.support.JenkinsStart;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
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

    /**
     * What has become of it.
     *
     * @param staging that a run is queued for; null if none is
     * @param value that the step returns at once; null if it waits for the run, or is to submit again
     * @param retryLater whether to submit again, as it can’t be taken in now
     * @param busy the staging that something else is at work on, in which case it is worth submitting again once that has
     *     ended; null if that isn’t so
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
     * @param announced why the console says that the step waits, as {@link #announced} returned it last; null if it says
     *     nothing
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

    /** Returns why the console says that the step waits; null if it says nothing. */
    @CheckForNull
    public String announced() {
        return announced;
    }

    /**
     * @param first false where this was tried before, in which case it may have been accepted without anybody knowing
     * @throws RefusalException if it isn’t accepted
     */
    public SubmissionResult submit(boolean first) throws RefusalException, InterruptedException {
        Staging taken = first ? null : accepted();
        if (taken != null) {
            return accepted(taken);
        }
        OctopodProject project = ProjectLookup.find(request.projectPath(), pipelineRun.getParent());
        ResolvedStagingName name = ResolvedStagingName.of(request.name(), project);
        if (first && name.branch() != null) {
            console.println(Messages.RequestSubmission_name(request.name(), name.value()));
        }
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
            return accepted(
                    StagingService.submit(request(project, name), requestId).staging());
        } catch (StagingBusyException e) {
            return busy(e);
        } catch (RefusalException e) {
            boolean resuming = !first && e.getReason() == Reason.UNAVAILABLE && JenkinsStart.mayAgentsBeMissing();
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
        // What an earlier or a parallel step of the same build has begun is waited for in any case.
        boolean own = e.causes().stream().anyMatch(this::isOfThisBuild);
        if (!own && request.whenBusy() == WhenBusy.FAIL) {
            throw e;
        }
        if (!e.requestId().equals(announced)) {
            announced = e.requestId();
            announce(staging, e);
            if (!own && request.whenBusy() == WhenBusy.ABORT) {
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

    /** What a newer build of the same job has begun stays: to deploy an older state over it helps nobody. */
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
        if (request.isWaiting()) {
            return SubmissionResult.accepted(staging);
        }
        console.println(Messages.RequestSubmission_notWaiting(link(staging)));
        return SubmissionResult.acceptedWithoutWaiting(staging, StagingStepResult.of(staging));
    }

    /** Null also if the build’s user may not see it: then it is as if it weren’t there. */
    @CheckForNull
    private static Staging existing(OctopodProject project, ResolvedStagingName name) {
        return StagingService.find(project, name.value()).orElse(null);
    }

    /** The staging that has accepted the request, even if the Pipeline may not use the project any more; null if none has. */
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
