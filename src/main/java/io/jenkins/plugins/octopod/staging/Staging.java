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
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.state.DesiredState;
import io.jenkins.plugins.octopod.staging.state.ImportInfo;
import io.jenkins.plugins.octopod.staging.state.LifetimePolicy;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.ObservedStateFile;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.support.MessageDisclosure;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import io.jenkins.plugins.octopod.staging.support.UninterruptibleStorage;
import io.jenkins.plugins.octopod.staging.waiting.WaitingRequestFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import jenkins.model.queue.ItemDeletion;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;

/**
 * A staging: what people asked for is its {@code config.xml} and changes only through {@link StagingService}; what was observed
 * is a {@link ObservedState} in a file beside it; what happens to it are its runs.
 */
public class Staging extends ExportedStaging implements ProjectChild {

    private Overrides applicationOverrides;
    private Overrides deploymentOverrides;

    /** What the name was made from; null if somebody gave the name itself. */
    @CheckForNull
    private String branch;

    private long createdAt;
    private String createdBy;
    private long changedAt;
    private String changedBy;
    private volatile Lifetime lifetime;

    /** Null where it was created here. */
    @CheckForNull
    private ImportInfo imported;

    /** The last request that has changed any of that; null if it isn’t known. */
    @CheckForNull
    private String wishedBy;

    /** The same also once Jenkins was told to read its configuration again: it keeps the staging, and loads it anew. */
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

    /** The current observed state; a snapshot that doesn't change. */
    @NonNull
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
        // Under the lock, so that listeners are told of changes in their order.
        synchronized (observed) {
            ObservedState before = observedState();
            ObservedState after = observed.change(change);
            if (!after.equals(before)) {
                StagingListener.fireChanged(this, before.status(), after.status());
            }
            return after;
        }
    }

    /** Tells listeners of a change that isn’t stored, in the order of changes. */
    void fireChanged() {
        synchronized (observed) {
            StagingListener.fireChanged(this);
        }
    }

    /** What waits until this staging is free. */
    @Restricted(NoExternalUse.class)
    public WaitingRequestFile waitingRequests() {
        return waitingRequests;
    }

    /** The state of the checks of this staging. */
    @Restricted(NoExternalUse.class)
    public CheckState checks() {
        return checks;
    }

    /** When its status was last known to be true. */
    @NonNull
    public Instant lastChecked() {
        return checks.lastChecked();
    }

    /** Whether nobody could be asked lately, so that the status may not be true any more. */
    @Exported
    public boolean isStale() {
        return checks.staleness() != null;
    }

    /** Since when it is stale; null if it isn’t. */
    @CheckForNull
    public Instant staleSince() {
        CheckState.Staleness staleness = checks.staleness();
        return staleness == null ? null : staleness.since();
    }

    /** Why nobody could be asked, in a sentence that the current user may read; null if it isn’t stale. */
    @Exported
    @CheckForNull
    public String getStaleReason() {
        CheckState.Staleness staleness = checks.staleness();
        return staleness == null ? null : MessageDisclosure.textOf(getParent(), staleness.reason());
    }

    /** Its name, as it was checked when it was created. */
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

    /** Whether an action is waiting or running; until it is done, no other is accepted. */
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

    /** What the name was made from; null if somebody gave the name itself. */
    @Exported
    @CheckForNull
    public String getBranch() {
        return branch;
    }

    public Instant createdAt() {
        return Instant.ofEpochMilli(createdAt);
    }

    /** A user id, or the name of a Pipeline’s run; null if it isn’t known. */
    @Exported
    @CheckForNull
    public String getCreatedBy() {
        return createdBy;
    }

    public Instant changedAt() {
        return Instant.ofEpochMilli(changedAt);
    }

    /** A user id, or the name of a Pipeline’s run; null if it isn’t known. */
    @Exported
    @CheckForNull
    public String getChangedBy() {
        return changedBy;
    }

    /** When and by whom it was taken over from elsewhere; null if it was created here. */
    @CheckForNull
    public ImportInfo imported() {
        return imported;
    }

    /** What people want of it now. */
    @ModuleInternal
    public DesiredState desiredState() {
        return new DesiredState(wishedBy, applicationOverrides, deploymentOverrides, changedAt(), changedBy, lifetime);
    }

    /** @throws IOException if it can’t be stored; what is wanted is as it was then */
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
        applicationOverrides = desiredState.application();
        deploymentOverrides = desiredState.deployment();
        changedAt = desiredState.changedAt().toEpochMilli();
        changedBy = desiredState.changedBy();
        lifetime = desiredState.lifetime();
    }

    /** Stores all of a new staging for the first time. */
    @ModuleInternal
    public void initialize(@CheckForNull String madeOf, ObservedState first, DesiredState desiredState)
            throws IOException {
        branch = madeOf;
        createdAt = desiredState.changedAt().toEpochMilli();
        createdBy = desiredState.changedBy();
        store(first, desiredState);
    }

    /** Stores all of one that was created elsewhere, by whom isn’t known. */
    @ModuleInternal
    public void initializeImported(
            ImportInfo importInfo, Instant created, ObservedState first, DesiredState desiredState) throws IOException {
        imported = importInfo;
        createdAt = created.toEpochMilli();
        store(first, desiredState);
    }

    /** In this order: without its {@code config.xml}, nobody finds it. */
    private void store(ObservedState first, DesiredState desiredState) throws IOException {
        observed = ObservedStateFile.create(this::getRootDir, first);
        updateDesiredState(desiredState);
    }

    /** How long people want it to be kept; {@link LifetimeService} changes it. */
    @NonNull
    public Lifetime lifetime() {
        return lifetime;
    }

    /** @throws IOException if it can’t be stored; nothing has changed then */
    @ModuleInternal
    public void changeLifetime(UnaryOperator<Lifetime> change) throws IOException {
        // As requests are taken in, which change it too.
        synchronized (getParent()) {
            Lifetime after = change.apply(lifetime);
            if (lifetime == after) {
                return;
            }
            updateDesiredState(desiredState().with(after));
        }
        StagingListener.fireChanged(this);
    }

    /** When somebody last asked for its creation, an update or a restoration. */
    @NonNull
    public Instant renewedAt() {
        return lifetime.renewedAt();
    }

    /** Computes the staging’s dates from its current state and its project’s settings. */
    @ModuleInternal
    public LifetimePolicy lifetimePolicy() {
        return lifetimePolicy(lifetime, observedState());
    }

    /** As {@link #lifetimePolicy()}, but as if the pending action had not been requested; null if that isn’t known. */
    @CheckForNull
    @ModuleInternal
    public LifetimePolicy lifetimePolicyBeforePending() {
        ObservedState current = observedState();
        ObservedState before = current.beforePending();
        PendingAction pending = current.pending();
        return before == null || pending == null ? null : lifetimePolicy(pending.lifetimeWithout(lifetime), before);
    }

    private LifetimePolicy lifetimePolicy(Lifetime chosen, ObservedState state) {
        return LifetimePolicy.of(getParent(), chosen, state, imported);
    }

    /** When it is archived unless it is deployed before that; null if it is archived already, or never will be. */
    @CheckForNull
    public Instant expiresAt() {
        return lifetimePolicy().expiresAt();
    }

    /** When it is cleaned up unless it is restored before that; null if it isn’t archived, or never will be. */
    @CheckForNull
    public Instant cleanedUpAt() {
        return lifetimePolicy().cleanedUpAt();
    }

    /** Whether it was archived for the night, and is going to be restored in the morning. */
    @Exported
    public boolean isAsleep() {
        return lifetimePolicy().isAsleep();
    }

    /** Whether it will expire within a day, or has and isn’t archived yet. */
    public boolean isExpiringSoon() {
        return lifetimePolicy().isExpiringSoon();
    }

    /** Whether somebody wants it to stay, see {@link LifetimeService#pin}. */
    @Exported
    public boolean isPinned() {
        return lifetime.pin() != null;
    }

    /** Forgets the staging without running anything; refused while an action is waiting or running. */
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

    /** A run that goes on needs its own agent, also while Jenkins does not have that. */
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
