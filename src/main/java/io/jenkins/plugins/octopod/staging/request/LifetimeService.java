package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.lifetime.DeletedBranch;
import io.jenkins.plugins.octopod.staging.lifetime.Expiry;
import io.jenkins.plugins.octopod.staging.lifetime.Lifetime;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceState;
import io.jenkins.plugins.octopod.staging.lifetime.Pin;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.StateBefore;
import io.jenkins.plugins.octopod.staging.support.RequesterName;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Façade for changes to how long stagings are kept, next to {@link StagingService}. A user who has permission to deploy
 * a staging is allowed to change its lifetime. The façade runs no script. Thread-safe.
 */
public final class LifetimeService {

    private LifetimeService() {}

    /**
     * Pins a staging. Until {@link #unpin}, it neither expires nor sleeps, and is not cleaned up automatically.
     *
     * @throws RefusalException if it can’t be stored
     * @throws org.springframework.security.access.AccessDeniedException if the current user lacks a permission
     */
    public static void pin(Staging staging) throws RefusalException {
        Pin pin = new Pin(RequesterName.of(List.of()), StagingClock.now());
        change(staging, lifetime -> lifetime.pin() == null ? lifetime.with(pin) : lifetime);
    }

    /**
     * Reverts {@link #pin}.
     *
     * @throws RefusalException if it can’t be stored
     * @throws org.springframework.security.access.AccessDeniedException if the current user lacks a permission
     */
    public static void unpin(Staging staging) throws RefusalException {
        change(staging, lifetime -> lifetime.pin() == null ? lifetime : lifetime.with((Pin) null));
    }

    /**
     * Sets when a staging expires, which takes precedence over its project’s settings.
     *
     * @throws RefusalException if that is a date in the past, or it can’t be stored
     * @throws org.springframework.security.access.AccessDeniedException if the current user lacks a permission
     */
    public static void expire(Staging staging, Expiry expiry) throws RefusalException {
        staging.checkPermission(Item.BUILD);
        requireToCome(expiry);
        change(staging, lifetime -> lifetime.expiry().equals(expiry) ? lifetime : lifetime.with(expiry));
    }

    /**
     * Sets in one step when a staging expires and whether it is pinned.
     *
     * @throws RefusalException if that is a new date in the past, or it can’t be stored
     * @throws org.springframework.security.access.AccessDeniedException if the current user lacks a permission
     */
    public static void update(Staging staging, Expiry expiry, boolean pinned) throws RefusalException {
        staging.checkPermission(Item.BUILD);
        if (!staging.lifetime().expiry().equals(expiry)) {
            requireToCome(expiry);
        }
        Pin pin = pinned ? new Pin(RequesterName.of(List.of()), StagingClock.now()) : null;
        change(staging, lifetime -> {
            Lifetime pinnedOrNot = pinned == (lifetime.pin() != null) ? lifetime : lifetime.with(pin);
            return lifetime.expiry().equals(expiry) ? pinnedOrNot : pinnedOrNot.with(expiry);
        });
    }

    private static void requireToCome(Expiry expiry) throws RefusalException {
        Instant date = expiry.date();
        if (date != null && !date.isAfter(StagingClock.now())) {
            throw new RefusalException(Reason.INVALID_INPUT, Messages.LifetimeService_past());
        }
    }

    private static void change(Staging staging, UnaryOperator<Lifetime> change) throws RefusalException {
        staging.checkPermission(Item.BUILD);
        try {
            staging.changeLifetime(change);
        } catch (IOException e) {
            throw new RefusalException(Reason.UNAVAILABLE, Messages.StagingService_notStored(e.getMessage()), e);
        }
    }

    /**
     * Returns when Jenkins may next archive or clean up the staging automatically after failed attempts; null if it may
     * at once.
     */
    @CheckForNull
    @Restricted(NoExternalUse.class)
    public static Instant nextAttempt(Staging staging) {
        return staging.observedState().maintenanceState().nextAttempt(StagingClock.now());
    }

    /**
     * Returns after how many days without a deployment the staging expires, set for it or for its project; 0 for never.
     */
    public static int expiryDays(Staging staging) {
        return staging.lifetimePolicy().expiryDays();
    }

    /**
     * Returns the date on which the staging expires, set for it or for its project; null if it expires after a number
     * of days, or never.
     */
    @CheckForNull
    public static Instant expiryDate(Staging staging) {
        return staging.lifetimePolicy().expiryDate();
    }

    /**
     * Returns the display name of the branch that deployed the staging last, if that branch is deleted; otherwise null.
     */
    @CheckForNull
    public static String deletedBranch(Staging staging) {
        DeletedBranch branch = staging.observedState().maintenanceState().deletedBranch();
        return branch == null ? null : branch.displayName();
    }

    /**
     * Returns the full names of the job that deployed the staging last, and of the job that did before the pending
     * action.
     */
    @Restricted(NoExternalUse.class)
    public static Set<String> deployingJobs(Staging staging) {
        StateBefore before = stateBefore(staging.observedState());
        return Stream.of(staging.lifetime(), before == null ? null : before.lifetime())
                .filter(Objects::nonNull)
                .map(Lifetime::deployedBy)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    @CheckForNull
    private static StateBefore stateBefore(ObservedState observedState) {
        PendingAction pending = observedState.pending();
        return pending == null ? null : pending.stateBefore();
    }

    /**
     * Records that the branch which deployed a staging last is deleted, until a user deploys the staging again. If the
     * branch deployed it last before the pending action, this is recorded there too, in case the action is not done.
     *
     * @throws IOException if it can’t be stored
     */
    @Restricted(NoExternalUse.class)
    public static void markBranchDeleted(Staging staging, DeletedBranch branch) throws IOException {
        String job = branch.job();
        staging.updateObservedState(observedState -> {
            boolean last = Objects.equals(job, staging.lifetime().deployedBy());
            ObservedState marked = last
                    ? observedState.withMaintenanceState(
                            observedState.maintenanceState().withDeletedBranch(branch))
                    : observedState;
            StateBefore before = stateBefore(observedState);
            return before != null && Objects.equals(job, before.lifetime().deployedBy())
                    ? marked.withPending(marked.pending().with(before.withDeletedBranch(branch)))
                    : marked;
        });
    }

    /**
     * Removes the record of a deleted branch, because the branch exists again or a different job has deployed the
     * staging.
     *
     * @throws IOException if it can’t be stored
     */
    @Restricted(NoExternalUse.class)
    public static void unmarkBranchDeleted(Staging staging, DeletedBranch branch) throws IOException {
        staging.updateObservedState(observedState -> {
            MaintenanceState state = observedState.maintenanceState();
            return branch.equals(state.deletedBranch())
                    ? observedState.withMaintenanceState(state.withDeletedBranch(null))
                    : observedState;
        });
    }

    /**
     * Updates the recorded full name of a job that was moved. The job deployed the staging last, or did before the
     * pending action.
     *
     * @throws IOException if it can’t be stored
     */
    @Restricted(NoExternalUse.class)
    public static void jobMoved(Staging staging, String oldFullName, String newFullName) throws IOException {
        staging.changeLifetime(lifetime ->
                oldFullName.equals(lifetime.deployedBy()) ? lifetime.withDeployedBy(newFullName) : lifetime);
        staging.updateObservedState(observedState -> {
            PendingAction pending = observedState.pending();
            PendingAction moved = pending == null ? null : pending.withJobMoved(oldFullName, newFullName);
            ObservedState followed = moved == pending ? observedState : observedState.withPending(moved);
            MaintenanceState state = followed.maintenanceState();
            DeletedBranch branch = state.deletedBranch();
            return branch == null
                    ? followed
                    : followed.withMaintenanceState(
                            state.withDeletedBranch(branch.withJobMoved(oldFullName, newFullName)));
        });
    }

    /**
     * Records when the sleep of an archived staging ended without a restoration. Its time in the archive counts from
     * then.
     *
     * @throws IOException if it can’t be stored
     */
    @Restricted(NoExternalUse.class)
    public static void recordEndOfSleep(Staging staging) throws IOException {
        Instant end = staging.lifetimePolicy().endOfSleep();
        if (!Objects.equals(end, staging.observedState().maintenanceState().sleptUntil())) {
            staging.updateObservedState(observedState -> observedState.withMaintenanceState(
                    observedState.maintenanceState().withSleptUntil(end)));
        }
    }

    /**
     * Notifies listeners that a staging will expire, once for each time.
     *
     * @throws IOException if that can’t be recorded; listeners are not notified then
     */
    @Restricted(NoExternalUse.class)
    public static void notifyExpiring(Staging staging, Instant when) throws IOException {
        if (!staging.observedState().maintenanceState().isExpiryNotified(when)) {
            staging.updateObservedState(observedState -> observedState.withMaintenanceState(
                    observedState.maintenanceState().withExpiryNotified(when)));
            StagingListener.fireExpiring(staging, when);
        }
    }
}
