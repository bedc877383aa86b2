package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Label;
import hudson.model.queue.CauseOfBlockage;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectChild;
import io.jenkins.plugins.octopod.staging.lifetime.Lifetime;
import io.jenkins.plugins.octopod.staging.note.Note;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import io.jenkins.plugins.octopod.staging.request.NoteService;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.state.DesiredState;
import io.jenkins.plugins.octopod.staging.state.ImportInfo;
import io.jenkins.plugins.octopod.staging.state.LifetimePolicy;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.ObservedStateFile;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import io.jenkins.plugins.octopod.staging.support.UninterruptibleStorage;
import io.jenkins.plugins.octopod.staging.waiting.WaitingRequestFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import jenkins.model.queue.ItemDeletion;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;

/**
 * A staging. Its {@code config.xml} contains the desired state, which changes only through {@link StagingService}. A
 * file next to it contains the {@link ObservedState}. Its runs are its actions.
 *
 * @since 1.0
 */
public class Staging extends ExportedStaging implements ProjectChild {

    private Overrides applicationOverrides;
    private Overrides deploymentOverrides;

    /** Branch that the name was made from; null if the request gave the name itself. */
    @CheckForNull
    private String branch;

    private long createdAt;
    private String createdBy;
    private long changedAt;
    private String changedBy;
    private volatile Lifetime lifetime;

    /** Null if there is none. */
    @CheckForNull
    private volatile Note note;

    /** Null if the staging was created here. */
    @CheckForNull
    private ImportInfo imported;

    /** Id of the last request that changed the desired state; null if unknown. */
    @CheckForNull
    private String wishedBy;

    /** Survives “Reload Configuration from Disk”: Jenkins keeps this instance and calls {@code onLoad} again. */
    private transient volatile ObservedStateFile observed;

    private transient volatile WaitingRequestFile waitingRequests;
    private transient volatile CheckState checks;

    @ModuleInternal
    public Staging(OctopodProject parent, StagingName name) {
        super(parent, name.value());
        applicationOverrides = Overrides.NONE;
        deploymentOverrides = Overrides.NONE;
        lifetime = Lifetime.startingAt(StagingClock.now());
        waitingRequests = new WaitingRequestFile(this::getRootDir);
        checks = new CheckState(this);
    }

    @Override
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        super.onLoad(parent, name);
        applicationOverrides = applicationOverrides == null ? Overrides.NONE : applicationOverrides;
        deploymentOverrides = deploymentOverrides == null ? Overrides.NONE : deploymentOverrides;
        lifetime = lifetime == null ? Lifetime.startingAt(changedAt()) : lifetime;
        if (observed == null) {
            observed = ObservedStateFile.load(this::getRootDir);
        } else {
            observed.readAgain();
        }
        waitingRequests = new WaitingRequestFile(this::getRootDir);
        checks = new CheckState(this);
    }

    @NonNull
    @Override
    public OctopodProject getParent() {
        return (OctopodProject) super.getParent();
    }

    /** Returns the current observed state, an immutable snapshot. */
    public ObservedState observedState() {
        return observed.current();
    }

    /**
     * Changes the observed state, and writes it if the new state differs from the old one.
     *
     * @throws IOException if it can't be written; the observed state is then unchanged
     */
    @ModuleInternal
    public ObservedState updateObservedState(UnaryOperator<ObservedState> change) throws IOException {
        return updateObservedState(change, () -> false);
    }

    /** Like the other method, but also changes what isn’t stored, so that listeners are notified of both at once. */
    ObservedState updateObservedState(UnaryOperator<ObservedState> change, BooleanSupplier unstoredChange)
            throws IOException {
        // Within the lock, so that listeners are notified of changes in their order.
        synchronized (observed) {
            ObservedState before = observedState();
            ObservedState after = observed.change(change);
            if (unstoredChange.getAsBoolean() || !after.equals(before)) {
                StagingListener.fireChanged(this, before.status(), after.status());
            }
            return after;
        }
    }

    /** Notifies listeners of a change that is not stored, in the order of changes. */
    void fireChanged() {
        synchronized (observed) {
            StagingListener.fireChanged(this);
        }
    }

    /** Returns the requests that wait until this staging is free. */
    @Restricted(NoExternalUse.class)
    public WaitingRequestFile waitingRequests() {
        return waitingRequests;
    }

    /** Returns the state of this staging’s checks between runs. */
    @Restricted(NoExternalUse.class)
    public CheckState checks() {
        return checks;
    }

    /** Returns when the status was last known to be true. */
    public Instant lastChecked() {
        return checks.lastChecked();
    }

    /** Returns the name, which was validated when the staging was created. */
    public StagingName stagingName() {
        return new StagingName(getName());
    }

    @Exported
    public Status getStatus() {
        return observedState().status();
    }

    public List<StagingLink> getLinks() {
        return observedState().links();
    }

    /** Returns whether an action is waiting or running. No other action is accepted until it is done. */
    @Exported
    public boolean isBusy() {
        return observedState().pending() != null;
    }

    public Overrides getApplicationOverrides() {
        return applicationOverrides;
    }

    public Overrides getDeploymentOverrides() {
        return deploymentOverrides;
    }

    public StagingOverrides overrides() {
        return new StagingOverrides(applicationOverrides, deploymentOverrides);
    }

    /** Returns the branch that the name was made from; null if the request gave the name itself. */
    @Exported
    @CheckForNull
    public String getBranch() {
        return branch;
    }

    public Instant createdAt() {
        return Instant.ofEpochMilli(createdAt);
    }

    /** Returns a user id, or the name of a Pipeline run; null if unknown. */
    @Exported
    @CheckForNull
    public String getCreatedBy() {
        return createdBy;
    }

    public Instant changedAt() {
        return Instant.ofEpochMilli(changedAt);
    }

    /** Returns a user id, or the name of a Pipeline run; null if unknown. */
    @Exported
    @CheckForNull
    public String getChangedBy() {
        return changedBy;
    }

    /** Returns when, by whom and from where the staging was imported; null if it was created here. */
    @CheckForNull
    public ImportInfo imported() {
        return imported;
    }

    /** Returns what users currently want of the staging. */
    @ModuleInternal
    public DesiredState desiredState() {
        return new DesiredState(wishedBy, overrides(), changedAt(), changedBy, lifetime);
    }

    /** Replaces and stores the desired state, which stays unchanged if an exception is thrown. */
    @ModuleInternal
    public void updateDesiredState(DesiredState desiredState) throws IOException {
        DesiredState before = desiredState();
        set(desiredState);
        try {
            UninterruptibleStorage.store(this::save);
        } catch (IOException e) {
            set(before);
            throw e;
        }
    }

    private void set(DesiredState desiredState) {
        wishedBy = desiredState.requestId();
        applicationOverrides = desiredState.overrides().application();
        deploymentOverrides = desiredState.overrides().deployment();
        changedAt = desiredState.changedAt().toEpochMilli();
        changedBy = desiredState.changedBy();
        lifetime = desiredState.lifetime();
    }

    /** Stores a new staging for the first time. */
    @ModuleInternal
    public void initialize(@CheckForNull String madeOf, ObservedState first, DesiredState desiredState)
            throws IOException {
        branch = madeOf;
        createdAt = desiredState.changedAt().toEpochMilli();
        createdBy = desiredState.changedBy();
        store(first, desiredState);
    }

    /** Stores an imported staging for the first time; its creator is unknown. */
    @ModuleInternal
    public void initializeImported(
            ImportInfo importInfo, Instant created, ObservedState first, DesiredState desiredState) throws IOException {
        imported = importInfo;
        createdAt = created.toEpochMilli();
        store(first, desiredState);
    }

    /** Writes {@code config.xml} last, because a staging without that file is not found. */
    private void store(ObservedState first, DesiredState desiredState) throws IOException {
        observed = ObservedStateFile.create(this::getRootDir, first);
        updateDesiredState(desiredState);
    }

    /** Returns how long users want the staging to be kept; {@link LifetimeService} changes it. */
    public Lifetime lifetime() {
        return lifetime;
    }

    /** Changes and stores the lifetime, which stays unchanged if an exception is thrown. */
    @ModuleInternal
    public void changeLifetime(UnaryOperator<Lifetime> change) throws IOException {
        // The same lock as for accepting requests, because they change the lifetime too.
        synchronized (getParent()) {
            Lifetime after = change.apply(lifetime);
            if (lifetime == after) {
                return;
            }
            updateDesiredState(desiredState().with(after));
        }
        StagingListener.fireChanged(this);
    }

    /** Returns the note, which {@link NoteService} changes; null if there is none. */
    @CheckForNull
    public Note note() {
        return note;
    }

    /** Changes and stores the note, which stays unchanged if an exception is thrown. */
    @ModuleInternal
    public void changeNote(UnaryOperator<Note> change) throws IOException {
        synchronized (getParent()) {
            Note before = note;
            note = change.apply(before);
            if (note == before) {
                return;
            }
            try {
                UninterruptibleStorage.store(this::saveIfPresent);
            } catch (IOException e) {
                note = before;
                throw e;
            }
        }
        fireChanged();
    }

    /** Returns when a user or a Pipeline last requested its creation, an update or a restoration. */
    public Instant renewedAt() {
        return lifetime.renewedAt();
    }

    /** Computes the staging’s dates from its current state and its project’s settings. */
    @ModuleInternal
    public LifetimePolicy lifetimePolicy() {
        return LifetimePolicy.of(getParent(), lifetime, observedState(), imported);
    }

    /** Like {@link #lifetimePolicy()}, but as if the pending action had not been requested; null if not known. */
    @CheckForNull
    @ModuleInternal
    public LifetimePolicy lifetimePolicyBeforePending() {
        return LifetimePolicy.beforePending(getParent(), lifetime, observedState(), imported);
    }

    /** Returns when it is archived unless it is deployed before; null if it is already archived, or never will be. */
    @CheckForNull
    public Instant expiresAt() {
        return lifetimePolicy().expiresAt();
    }

    /** Returns when it is cleaned up unless it is restored before; null if it isn’t archived, or never will be. */
    @CheckForNull
    public Instant cleanedUpAt() {
        return lifetimePolicy().cleanedUpAt();
    }

    /** Returns whether it expires within a day, or has expired and is not archived yet. */
    public boolean isExpiringSoon() {
        return lifetimePolicy().isExpiringSoon();
    }

    /** Deletes the staging without running a script. Refused while an action is pending or {@link #isUnclear}. */
    @Override
    public void delete() throws IOException, InterruptedException {
        checkPermission(DELETE);
        boolean refusable = !isCleanedUp() && !ItemDeletion.contains(this);
        PendingAction pending = observedState().pending();
        if (refusable && pending != null) {
            throw new Failure(BusyMessage.of(this, pending));
        }
        if (refusable && isUnclear()) {
            throw new Failure(Messages.Staging_unclear(getName()));
        }
        super.delete();
    }

    /** Returns an unfinished run’s own agent, even while Jenkins does not have that agent. */
    @Override
    public Label getAssignedLabel() {
        StagingRun unfinished = unfinishedRun();
        String agent = unfinished == null ? null : unfinished.agentName();
        if (agent == null) {
            return getParent().assignedLabel();
        }
        return agent.isEmpty() ? Jenkins.get().getSelfLabel() : Jenkins.get().getLabelAtom(agent);
    }

    @CheckForNull
    @Override
    public CauseOfBlockage getCauseOfBlockage() {
        StagingRun unfinished = unfinishedRun();
        boolean executing = unfinished != null && unfinished.getExecutor() != null;
        return executing ? CauseOfBlockage.fromMessage(Messages._Staging_blocked(unfinished.getDisplayName())) : null;
    }
}
