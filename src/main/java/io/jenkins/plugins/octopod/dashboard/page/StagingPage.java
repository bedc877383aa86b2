package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import io.jenkins.plugins.octopod.dashboard.model.StagingOperation;
import io.jenkins.plugins.octopod.dashboard.model.StagingSummary;
import io.jenkins.plugins.octopod.dashboard.model.WaitingSummary;
import io.jenkins.plugins.octopod.staging.CheckState;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.defaults.CachedDefaults;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsCache;
import io.jenkins.plugins.octopod.staging.extension.StagingPageSection;
import io.jenkins.plugins.octopod.staging.queue.StartedScripts;
import io.jenkins.plugins.octopod.staging.state.StatusPeriod;
import io.jenkins.plugins.octopod.staging.support.RelativeTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** All that a staging’s own page shows, of one moment; reads no file. */
public final class StagingPage extends StagingSummary {

    /** What the scripts say of defaults; null if the viewer may not know. */
    @CheckForNull
    private final CachedDefaults defaults;

    private final List<StagingPageSection.Content> sections;

    /** Has the config scripts asked where it isn’t known what they say; waits for nothing. */
    public StagingPage(Staging staging) {
        super(staging);
        // Whoever may not read what scripts print isn’t told their defaults, and doesn’t have them asked either.
        this.defaults =
                isLogReadable() ? DefaultsCache.get().ask(staging.getParent(), staging.getDeploymentOverrides()) : null;
        this.sections = ExtensionList.lookup(StagingPageSection.class).stream()
                .map(section -> section.of(staging))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Sections that other packages contribute to the page. */
    public List<StagingPageSection.Content> getSections() {
        return sections;
    }

    /** Who may show something of it, whether or not there is something now. */
    public List<StagingPageSection> getSectionProviders() {
        return ExtensionList.lookup(StagingPageSection.class);
    }

    /** Problems that the sections report, without those that are already the reason of the staging’s status. */
    public List<String> getSentences() {
        return sections.stream()
                .map(StagingPageSection.Content::getSentence)
                .filter(sentence -> sentence != null && !isTheReason(sentence))
                .toList();
    }

    private boolean isTheReason(String sentence) {
        return !isBusy() && getReason() != null && CheckState.equalsIgnoringNumbers(sentence, getReason());
    }

    public List<TimelineEntry> getTimeline() {
        return TimelineEntry.of(getStaging());
    }

    public ConfigurationSection getDeployment() {
        return ConfigurationSection.of(
                "deployment", getStaging().getDeploymentOverrides(), defaults == null ? null : defaults.deployment());
    }

    public ConfigurationSection getApplication() {
        return ConfigurationSection.of(
                "application",
                getStaging().getApplicationOverrides(),
                defaults == null ? null : defaults.application());
    }

    /** The console of the run that the status is owed to, from the root of Jenkins; null if there is none to read. */
    @CheckForNull
    public String getConsoleUrl() {
        List<StatusPeriod> history = getStaging().observedState().history();
        String run = RunUrls.url(getStaging(), history.get(history.size() - 1).run());
        return run == null || !isLogReadable() ? null : run + "console";
    }

    /** When the current run began, in milliseconds since 1970; 0 where none has. */
    public long getStartedMillis() {
        StagingRun run = getRun();
        return run == null ? 0 : run.getTimeInMillis();
    }

    /** How long the current run will take, in milliseconds; 0 where nobody knows. */
    public long getEstimateMillis() {
        StagingRun run = getRun();
        return run == null ? 0 : Math.max(0, run.estimate());
    }

    /** When it is archived by itself; null if it isn’t. */
    @CheckForNull
    public RelativeTime getExpires() {
        return relativeTime(getStaging().expiresAt());
    }

    /** When it is cleaned up by itself; null if it isn’t. */
    @CheckForNull
    public RelativeTime getCleanedUp() {
        return relativeTime(getStaging().cleanedUpAt());
    }

    /** The request that waits until the staging is free; null if none does. */
    @CheckForNull
    public WaitingSummary getWaiting() {
        return WaitingSummary.of(getStaging());
    }

    /** A sentence about a request that waited and was refused; null if none was since one was accepted. */
    @CheckForNull
    public String getWaitingRefusal() {
        return WaitingSummary.refusal(getStaging());
    }

    public boolean isPinned() {
        return getStaging().isPinned();
    }

    private static RelativeTime relativeTime(@CheckForNull Instant instant) {
        return instant == null ? null : new RelativeTime(instant);
    }

    public boolean isUpdatable() {
        return getOperations().contains(StagingOperation.UPDATE);
    }

    /** Since when nobody could be asked for its status; null if that is known. */
    @CheckForNull
    public RelativeTime getStale() {
        return relativeTime(getStaging().staleSince());
    }

    @CheckForNull
    public String getStaleReason() {
        return getStaging().getStaleReason();
    }

    /** Why it is not clear whether an earlier script has ended, in a sentence; null if that is clear. */
    @CheckForNull
    public String getUnclear() {
        return StartedScripts.message(getStaging());
    }

    /** Whether the viewer may say that the earlier script has ended. */
    public boolean isConfirmable() {
        return getStaging().hasAbortPermission();
    }

    /** Another one when there is another action to be listed, or one is at another point. */
    public String getActionsVersion() {
        StatusPeriod last = getStaging()
                .observedState()
                .history()
                .get(getStaging().observedState().history().size() - 1);
        return getStaging().getNextBuildNumber() + "-" + isBusy() + '-'
                + last.since().toEpochMilli() + '-' + last.run();
    }

    /** To be pasted into a pull request. */
    public String getMarkdown() {
        return PullRequestMarkdown.of(getStaging());
    }

    /** What of the page isn’t told by changes of the staging: whoever has another has another page. */
    int fingerprint() {
        int shownByOthers = sections.stream()
                .map(StagingPageSection.Content::fingerprint)
                .toList()
                .hashCode();
        return Objects.hash(
                getUnclear(),
                getWaitingFor(),
                getDeployment().fingerprint(),
                getApplication().fingerprint(),
                shownByOthers);
    }
}
