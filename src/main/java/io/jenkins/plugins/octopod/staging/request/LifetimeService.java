package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.lifetime.Expiry;
import io.jenkins.plugins.octopod.staging.lifetime.Lifetime;
import io.jenkins.plugins.octopod.staging.lifetime.Pin;
import io.jenkins.plugins.octopod.staging.support.RequesterName;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Façade for changes to how long stagings are kept, next to {@link StagingService}. A user who has permission to deploy
 * a staging is allowed to change its lifetime. The façade runs no script. Thread-safe.
 */
public final class LifetimeService {

    private LifetimeService() {}

    /**
     * Lets a staging neither expire nor sleep nor be cleaned up by itself, until {@link #unpin}.
     *
     * @throws RefusalException if it can’t be stored
     * @throws org.springframework.security.access.AccessDeniedException if the current user may not
     */
    public static void pin(Staging staging) throws RefusalException {
        Pin pin = new Pin(RequesterName.of(List.of()), StagingClock.now());
        change(staging, lifetime -> lifetime.pin() == null ? lifetime.with(pin) : lifetime);
    }

    /**
     * Takes back {@link #pin}.
     *
     * @throws RefusalException if it can’t be stored
     * @throws org.springframework.security.access.AccessDeniedException if the current user may not
     */
    public static void unpin(Staging staging) throws RefusalException {
        change(staging, lifetime -> lifetime.pin() == null ? lifetime : lifetime.with((Pin) null));
    }

    /**
     * Says when a staging expires, over what its project says.
     *
     * @throws RefusalException if that is a date in the past, or it can’t be stored
     * @throws org.springframework.security.access.AccessDeniedException if the current user may not
     */
    public static void expire(Staging staging, Expiry expiry) throws RefusalException {
        staging.checkPermission(Item.BUILD);
        requireToCome(expiry);
        change(staging, lifetime -> lifetime.expiry().equals(expiry) ? lifetime : lifetime.with(expiry));
    }

    /**
     * Says at once when a staging expires, and whether it is pinned.
     *
     * @throws RefusalException as {@link #expire}, but not of a date that is no other than before
     * @throws org.springframework.security.access.AccessDeniedException if the current user may not
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
     * When a staging may next be archived or cleaned up by Jenkins itself, after tries that failed; null if it may be
     * at once.
     */
    @CheckForNull
    @Restricted(NoExternalUse.class)
    public static Instant nextAttempt(Staging staging) {
        return staging.observedState().maintenanceState().nextAttempt();
    }

    /** After how many days without a deployment the staging expires: its own, or its project’s; 0 for never. */
    public static int expiryDays(Staging staging) {
        return staging.lifetimePolicy().expiryDays();
    }

    /** The date on which a staging expires, its own or its project’s; null if it is for its days, or never does. */
    @CheckForNull
    public static Instant expiryDate(Staging staging) {
        return staging.lifetimePolicy().expiryDate();
    }

    /** What people call the branch that has deployed the staging last and is gone; null if it isn’t. */
    @CheckForNull
    public static String deletedBranch(Staging staging) {
        return staging.observedState().maintenanceState().deletedBranch();
    }

    /**
     * Remembers that the branch which has deployed a staging last is gone, until somebody deploys it.
     *
     * @param branch what people call it
     * @throws IOException if it can’t be stored
     */
    @Restricted(NoExternalUse.class)
    public static void markBranchDeleted(Staging staging, String branch) throws IOException {
        staging.updateObservedState(observedState -> observedState.withMaintenanceState(
                observedState.maintenanceState().withDeletedBranch(branch)));
    }

    /**
     * Follows the job that has deployed a staging last.
     *
     * @throws IOException if it can’t be stored
     */
    @Restricted(NoExternalUse.class)
    public static void jobMoved(Staging staging, String newFullName) throws IOException {
        staging.changeLifetime(lifetime -> lifetime.withDeployedBy(newFullName));
    }

    /**
     * Tells listeners that a staging will expire, once for each time.
     *
     * @throws IOException if that can’t be remembered; nobody was told then
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
