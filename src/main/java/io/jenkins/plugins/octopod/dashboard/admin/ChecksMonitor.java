package io.jenkins.plugins.octopod.dashboard.admin;

import hudson.Extension;
import hudson.Util;
import hudson.model.AdministrativeMonitor;
import hudson.security.Permission;
import io.jenkins.plugins.octopod.staging.statistics.ProjectStatistics;
import io.jenkins.plugins.octopod.staging.statistics.StagingStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;

/**
 * Warns administrators if statuses of stagings can’t be kept up to date: no node has a project’s label, no agent is
 * online, or checks don’t keep up.
 */
@Extension
@Symbol("stagingChecks")
public class ChecksMonitor extends AdministrativeMonitor {

    /** Time before a stale status is reported, so that a restart of an agent causes no warning. */
    private static final Duration STALE_THRESHOLD = Duration.ofMinutes(5);

    /**
     * Creates the monitor. The id is a literal, so that a renamed class keeps it, because core stores the id when an
     * administrator dismisses the monitor.
     */
    public ChecksMonitor() {
        super("io.jenkins.plugins.octopod.dashboard.admin.ChecksMonitor");
    }

    @Override
    public String getDisplayName() {
        return Messages.ChecksMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return sentences().findAny().isPresent();
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    public String getPageUrl() {
        return "manage/" + ChecksPage.URL;
    }

    /** Returns a sentence for each project with a problem. */
    public List<String> getSentences() {
        return sentences().toList();
    }

    private static Stream<String> sentences() {
        StagingStatistics stagingStatistics = StagingStatistics.recent();
        return stagingStatistics.projects().stream()
                .map(project -> sentence(project, stagingStatistics.at()))
                .filter(Objects::nonNull);
    }

    private static String sentence(ProjectStatistics project, Instant now) {
        if (project.missingLabel() != null) {
            return Messages.ChecksMonitor_noAgentHasLabel(project.missingLabel(), project.project());
        }
        Instant since = project.staleSince();
        if (since != null && project.isStaleFor(STALE_THRESHOLD, now)) {
            String time = Util.getTimeSpanString(Duration.between(since, now).toMillis());
            return Messages.ChecksMonitor_stale(project.stale(), project.project(), time, project.staleReason());
        }
        if (project.isBehind()) {
            return Messages.ChecksMonitor_overloaded(
                    project.project(), Util.getTimeSpanString(project.oldest().toMillis()));
        }
        return null;
    }
}
