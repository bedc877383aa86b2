package io.jenkins.plugins.octopod.staging.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.state.DesiredState;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stores an accepted request in two files, write-ahead style. {@code observed.xml} is written first and contains
 * everything needed to write {@code config.xml}. The request is accepted as soon as {@code observed.xml} is written. If
 * Jenkins dies before {@code config.xml} is written, {@link #completeWrite} writes it later.
 */
@ModuleInternal
public final class RequestStore {

    private static final Logger LOGGER = Logger.getLogger(RequestStore.class.getName());

    private RequestStore() {}

    /**
     * Creates the requested staging with all of its files, and adds it to its project.
     *
     * @throws IOException if it can’t be stored; no file is left then
     */
    public static Staging create(
            OctopodProject project, StagingName name, @CheckForNull String branch, Status status, PendingAction pending)
            throws IOException {
        DesiredState desiredState = Objects.requireNonNull(pending.desiredState());
        ObservedState first = ObservedState.initial(status, StagingClock.now(), pending);
        return create(project, name, staging -> staging.initialize(branch, first, desiredState));
    }

    /** Stores a new staging for the first time. */
    @FunctionalInterface
    public interface Beginning {
        void store(Staging staging) throws IOException;
    }

    /**
     * Creates a staging with all of its files, and adds it to its project.
     *
     * @throws IOException if it can’t be stored; no file is left then
     */
    public static Staging create(OctopodProject project, StagingName name, Beginning beginning) throws IOException {
        Staging staging = new Staging(project, name);
        try {
            staging.onCreatedFromScratch();
            staging.number(StagingSequence.next(project));
            beginning.store(staging);
        } catch (IOException e) {
            Util.deleteRecursive(staging.getRootDir());
            throw e;
        }
        project.addChild(staging);
        return staging;
    }

    /**
     * Stores the desired state of a request, and that it is pending.
     *
     * @throws IOException if it can’t be stored; the staging is then unchanged
     */
    public static void accept(Staging staging, Status status, PendingAction pending) throws IOException {
        ObservedState before = staging.observedState();
        DesiredState desiredState = Objects.requireNonNull(pending.desiredState());
        Instant now = StagingClock.now();
        boolean wanted = RequestRollback.isDeployedBySomebody(pending);
        staging.updateObservedState(observedState -> observedState
                .with(status, null, now)
                .withPending(pending)
                .withMaintenanceState(
                        wanted
                                ? observedState.maintenanceState().withDeletedBranch(null)
                                : observedState.maintenanceState()));
        try {
            staging.updateDesiredState(desiredState);
        } catch (IOException e) {
            if (isRolledBack(staging, before)) {
                throw e;
            }
            // The stored state says that the request is accepted, so it counts as accepted.
            ActionQueue.saveWithRetry(staging, () -> completeWrite(staging));
        }
        StagingListener.fireChanged(staging);
    }

    private static boolean isRolledBack(Staging staging, ObservedState before) {
        try {
            staging.updateObservedState(observedState -> before);
            return true;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "A request for " + staging.getFullName() + " is stored in part");
            return false;
        }
    }

    /**
     * Stores the desired state of the pending request unless that is already done.
     *
     * @throws IOException if it can’t be stored
     */
    static void completeWrite(Staging staging) throws IOException {
        PendingAction pending = staging.observedState().pending();
        DesiredState desiredState = pending == null ? null : pending.desiredState();
        if (desiredState != null
                && !Objects.equals(
                        desiredState.requestId(), staging.desiredState().requestId())) {
            staging.updateDesiredState(desiredState);
            StagingListener.fireChanged(staging);
        }
    }
}
