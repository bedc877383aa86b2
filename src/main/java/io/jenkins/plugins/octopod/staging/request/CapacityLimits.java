package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.LimitSettings;
import io.jenkins.plugins.octopod.project.LimitSettings.WhenFull;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;
import io.jenkins.plugins.octopod.staging.support.RequesterName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Limits on the number of running stagings per project and per user. The result of a capacity check is valid only while
 * the caller holds the project’s lock.
 */
final class CapacityLimits {

    private static final int NAMED = 10;

    private final OctopodProject project;
    private final LimitSettings limits;
    private final boolean archiving;
    private final List<Staging> toArchive = new ArrayList<>();

    private CapacityLimits(OctopodProject project, boolean archiving) {
        this.project = project;
        this.limits = project.getLimits();
        this.archiving = archiving;
    }

    /**
     * Checks that the request does not exceed a limit.
     *
     * @return the stagings that must be archived to free capacity for the request; usually none
     * @throws RefusalException if a limit is reached and no capacity can be freed
     */
    static List<Staging> requireCapacity(StagingRequest request, PlannedChange plannedChange) throws RefusalException {
        boolean more =
                plannedChange.action() == StagingAction.CREATE || plannedChange.action() == StagingAction.RESTORE;
        if (!more) {
            return List.of();
        }
        // Automatic maintenance must not archive other stagings to free capacity.
        boolean archiving = request.project().getLimits().getWhenFull() == WhenFull.ARCHIVE_UNUSED
                && !MaintenanceCause.isAmong(request.causes());
        CapacityLimits limits = new CapacityLimits(request.project(), archiving);
        Staging staging = plannedChange.staging();
        limits.requireCapacityForUser(staging == null ? RequesterName.of(request.causes()) : staging.getCreatedBy());
        limits.requireCapacityInProject();
        return limits.toArchive;
    }

    private void requireCapacityForUser(@CheckForNull String user) throws RefusalException {
        int limit = limits.getRunningStagingsPerUser();
        if (limit > 0 && user != null) {
            List<Staging> running = running().stream()
                    .filter(staging -> user.equals(staging.getCreatedBy()))
                    .toList();
            requireCapacity(running, limit, Messages.CapacityLimits_user(user, limit, project.getFullName()));
        }
    }

    private void requireCapacityInProject() throws RefusalException {
        int limit = limits.getRunningStagings();
        if (limit > 0) {
            requireCapacity(running(), limit, Messages.CapacityLimits_project(project.getFullName(), limit));
        }
    }

    private void requireCapacity(List<Staging> running, int limit, String rule) throws RefusalException {
        int tooMany = running.size() + 1 - limit;
        if (tooMany <= 0) {
            return;
        }
        List<Staging> unused = running.stream()
                .filter(staging -> archiving && !staging.isBusy() && !staging.isUnclear() && !staging.isPinned())
                .sorted(Comparator.comparing(Staging::renewedAt))
                .limit(tooMany)
                .toList();
        if (unused.size() < tooMany) {
            String todo =
                    archiving ? Messages.CapacityLimits_noneCanBeArchived() : Messages.CapacityLimits_archiveOne();
            // The summary has no names, because its readers might not see those stagings.
            throw new RefusalException(
                    Reason.NOT_NOW,
                    rule + ' ' + Messages.CapacityLimits_has(names(running)) + ' ' + todo,
                    rule + ' ' + todo,
                    null);
        }
        toArchive.addAll(unused);
    }

    /**
     * Returns all stagings that are not archived. If others may be archived for this request, stagings that are being
     * archived are not counted. Otherwise they are, because their archiving might still be cancelled.
     */
    private List<Staging> running() {
        return project.allChildren(Staging.class)
                .filter(staging -> !staging.getStatus().isArchived())
                .filter(staging -> !archiving || staging.getStatus() != Status.ArchivePending)
                .filter(staging -> !toArchive.contains(staging))
                .toList();
    }

    /** Returns the names of stagings that the current user may see, and the number of the others. */
    private static String names(List<Staging> stagings) {
        List<String> named = stagings.stream()
                .filter(staging -> staging.hasPermission(Item.READ))
                .map(Staging::getName)
                .sorted()
                .limit(NAMED)
                .toList();
        int others = stagings.size() - named.size();
        if (others == 0) {
            return String.join(", ", named);
        }
        return named.isEmpty()
                ? Messages.CapacityLimits_hidden(others)
                : Messages.CapacityLimits_others(String.join(", ", named), others);
    }
}
