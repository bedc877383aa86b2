package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.model.Item;
import io.jenkins.plugins.octopod.dashboard.model.NoteSummary;
import io.jenkins.plugins.octopod.dashboard.model.StagingOperation;
import io.jenkins.plugins.octopod.dashboard.model.StagingSummary;
import io.jenkins.plugins.octopod.dashboard.model.WaitingSummary;
import io.jenkins.plugins.octopod.staging.CheckState;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.defaults.CachedDefaults;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import io.jenkins.plugins.octopod.staging.extension.StagingPageSection;
import io.jenkins.plugins.octopod.staging.queue.StartedScripts;
import io.jenkins.plugins.octopod.staging.state.StatusPeriod;
import io.jenkins.plugins.octopod.staging.support.RelativeTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Model of everything on a staging’s own page, at one moment. Reads no file except for a busy staging’s newest run. */
public final class StagingPage extends StagingSummary {

    /** Default values that the config scripts print; null if the viewer isn’t allowed to read them. */
    @CheckForNull
    private final CachedDefaults defaults;

    private final List<StagingPageSection.Content> sections;

    @CheckForNull
    private final StagingOrigin origin;

    /** Creates the page’s model. Requests missing default values from the config scripts, without waiting for them. */
    public StagingPage(Staging staging) {
        super(staging);
        // Default values are script output: a viewer who can’t read the logs doesn’t see them and doesn’t run the
        // scripts.
        this.defaults = isLogReadable()
                ? DefaultsService.get().ask(staging.getParent(), staging.getDeploymentOverrides())
                : null;
        this.sections = ExtensionList.lookup(StagingPageSection.class).stream()
                .map(section -> section.of(staging))
                .filter(Objects::nonNull)
                .toList();
        this.origin = StagingOrigin.of(staging);
    }

    /** Returns the build that deployed the staging last; null if there is none that the viewer may see. */
    @CheckForNull
    public StagingOrigin getOrigin() {
        return origin;
    }

    /** Returns the sections that other packages contribute to the page. */
    public List<StagingPageSection.Content> getSections() {
        return sections;
    }

    /** Returns all providers of sections, including those that have nothing to show now. */
    public List<StagingPageSection> getSectionProviders() {
        return ExtensionList.lookup(StagingPageSection.class);
    }

    /**
     * Returns the problems that the sections report, without those that are already the reason of the staging’s status.
     */
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

    /** Returns when the staging is archived automatically; null if it isn’t. */
    @CheckForNull
    public RelativeTime getExpires() {
        return relativeTime(getStaging().expiresAt());
    }

    /** Returns when the staging is cleaned up automatically; null if it isn’t. */
    @CheckForNull
    public RelativeTime getCleanedUp() {
        return relativeTime(getStaging().cleanedUpAt());
    }

    /** Returns the request that waits until the staging is free; null if there is none. */
    @CheckForNull
    public WaitingSummary getWaiting() {
        return WaitingSummary.of(getStaging());
    }

    /**
     * Returns a sentence about a waiting request that was refused; null if none was since the last accepted request.
     */
    @CheckForNull
    public String getWaitingRefusal() {
        return WaitingSummary.refusal(getStaging());
    }

    /** Returns the note; null if there is none. */
    @CheckForNull
    public NoteSummary getNote() {
        return NoteSummary.of(getStaging().note());
    }

    /** Returns whether the viewer may write a note. */
    public boolean isNoteWritable() {
        return getStaging().hasPermission(Item.BUILD);
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

    /** Returns since when the status couldn’t be checked; null if the status is current. */
    @CheckForNull
    public RelativeTime getStale() {
        return relativeTime(getStaging().staleSince());
    }

    @CheckForNull
    public String getStaleReason() {
        return getStaging().getStaleReason();
    }

    /** Returns a sentence about why it is unclear whether an earlier script has ended; null if it is clear. */
    @CheckForNull
    public String getUnclear() {
        return StartedScripts.message(getStaging());
    }

    /** Returns whether the viewer may confirm that the earlier script has ended. */
    public boolean isConfirmable() {
        return getStaging().hasAbortPermission();
    }

    /** Returns a version of the list of actions. It changes when an action is added or makes progress. */
    public String getActionsVersion() {
        StatusPeriod last = getStaging()
                .observedState()
                .history()
                .get(getStaging().observedState().history().size() - 1);
        return getStaging().getNextBuildNumber() + "-" + isBusy() + '-'
                + last.since().toEpochMilli() + '-' + last.run();
    }

    /** Returns Markdown for a pull request. */
    public String getMarkdown() {
        return PullRequestMarkdown.of(getStaging());
    }

    /**
     * Returns a hash of the page’s content that changes without a change event of the staging. A page with a different
     * hash is out of date.
     */
    int fingerprint() {
        int shownByOthers = sections.stream()
                .map(StagingPageSection.Content::fingerprint)
                .toList()
                .hashCode();
        return Objects.hash(
                getUnclear(),
                getWaitingFor(),
                origin == null ? 0 : origin.fingerprint(),
                getDeployment().fingerprint(),
                getApplication().fingerprint(),
                shownByOthers);
    }
}
