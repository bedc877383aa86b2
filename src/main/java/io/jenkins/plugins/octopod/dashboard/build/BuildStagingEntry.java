package io.jenkins.plugins.octopod.dashboard.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.BallColor;
import hudson.model.Result;
import io.jenkins.plugins.octopod.dashboard.model.ActionLabels;
import io.jenkins.plugins.octopod.dashboard.model.RunUrls;
import io.jenkins.plugins.octopod.dashboard.page.OverrideDiff;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.AbsoluteUrl;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.build.BuildAction;
import io.jenkins.plugins.octopod.staging.build.RecordedStaging;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.kohsuke.stapler.export.Exported;

/** A staging and what a build has done to it. */
public final class BuildStagingEntry extends StagingEntry {

    private final BuildAction done;

    @CheckForNull
    private final Staging staging;

    private BuildStagingEntry(BuildAction done, @CheckForNull Staging staging) {
        super(staging);
        this.done = done;
        this.staging = staging;
    }

    /** Returns the entries of a build’s actions, without those on stagings that the current user may not see. */
    static List<BuildStagingEntry> visible(List<BuildAction> actions) {
        return actions.stream().flatMap(BuildStagingEntry::visible).toList();
    }

    private static Stream<BuildStagingEntry> visible(BuildAction action) {
        RecordedStaging recorded = RecordedStaging.of(action);
        return recorded.isVisible() ? Stream.of(new BuildStagingEntry(action, recorded.staging())) : Stream.empty();
    }

    @Override
    public String getKey() {
        return done.requestId();
    }

    @Override
    public String getName() {
        return done.name();
    }

    @Override
    public String getProject() {
        return staging == null ? done.project() : staging.getParent().getFullName();
    }

    /** Returns what the build requested. */
    @Exported
    public StagingAction getAction() {
        return done.action();
    }

    /** Returns the number of the run; null if the action has not begun. */
    @Exported
    @CheckForNull
    public Integer getRun() {
        return done.run() == 0 ? null : Integer.valueOf(done.run());
    }

    /** Returns the absolute URL of the run; null if there is none. */
    @Exported(name = "runUrl")
    @CheckForNull
    public String getAbsoluteRunUrl() {
        String url = getRunUrl();
        return url == null ? null : AbsoluteUrl.of(url);
    }

    /** Returns the result of the run; null if it has not ended. */
    @Exported
    @CheckForNull
    public String getResult() {
        Result result = done.result();
        return result == null ? null : result.toString();
    }

    /** Returns the changes of the overrides. */
    @Exported
    public List<ExportedChange> getChanges() {
        return Stream.concat(
                        getDeploymentChanges().stream().map(change -> new ExportedChange("deployment", change)),
                        getApplicationChanges().stream().map(change -> new ExportedChange("application", change)))
                .toList();
    }

    public List<OverrideDiff> getDeploymentChanges() {
        return OverrideDiff.between(done.deploymentBefore(), done.deploymentAfter());
    }

    public List<OverrideDiff> getApplicationChanges() {
        return OverrideDiff.between(done.applicationBefore(), done.applicationAfter());
    }

    public int getChangeCount() {
        return getDeploymentChanges().size() + getApplicationChanges().size();
    }

    /** Returns the action with the number of its run, such as “Update #3”. */
    public String getTitle() {
        String name = ActionLabels.name(done.action());
        return done.run() == 0 ? name : name + " #" + done.run();
    }

    /** Returns the URL of the run relative to Jenkins’ root; null if it has not begun or was deleted. */
    @CheckForNull
    public String getRunUrl() {
        return staging == null ? null : RunUrls.url(staging, done.run());
    }

    /** Returns what became of the action. */
    public String getOutcome() {
        Result result = done.result();
        if (result != null) {
            return color(result).getDescription();
        }
        if (staging == null || !RunLookup.isPending(staging, done.requestId())) {
            return done.run() == 0 ? Messages.BuildStagingEntry_notBegun() : Messages.BuildStagingEntry_unknown();
        }
        return done.run() == 0 ? Messages.BuildStagingEntry_waiting() : Messages.BuildStagingEntry_inProgress();
    }

    private static BallColor color(Result result) {
        return result.color;
    }

    /** Returns whether the action has ended and not succeeded. */
    public boolean isFailed() {
        return done.result() != null && done.result() != Result.SUCCESS;
    }

    /** Returns whether the staging was deleted because this action removed it. */
    public boolean isCleanedUpHere() {
        return isDeleted() && done.action() == StagingAction.CLEANUP && done.result() == Result.SUCCESS;
    }

    @Override
    int fingerprint() {
        return Objects.hash(super.fingerprint(), isDeleted(), done.run(), getRunUrl(), getOutcome());
    }
}
