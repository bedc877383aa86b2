package io.jenkins.plugins.octopod.staging.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Observed status and links of a staging, with its pending action. Immutable. Stored in a file of its own.
 *
 * @since 1.0
 */
public final class ObservedState {

    private final Status status;
    private final long since;

    @CheckForNull
    private final String reason;

    private final List<StagingLink> links;

    @CheckForNull
    private final PendingAction pending;

    @CheckForNull
    private final MaintenanceState notes;

    /** Agent of the last finished run; empty for the built-in node. */
    @CheckForNull
    private final String agent;

    /** Null in a file that was written before this field existed. */
    @CheckForNull
    private final StatusHistory history;

    @CheckForNull
    private final StartedScript startedScript;

    private ObservedState(Builder builder) {
        status = Objects.requireNonNull(builder.status);
        since = builder.since;
        reason = builder.reason;
        links = new ArrayList<>(builder.links);
        pending = builder.pending;
        notes = MaintenanceState.NONE.equals(builder.maintenanceState) ? null : builder.maintenanceState;
        agent = builder.agent;
        history = builder.history;
        startedScript = builder.startedScript;
    }

    /** Values of a new state, by name, because several have the same type. */
    private static final class Builder {

        private Status status;
        private long since;
        private String reason;
        private List<StagingLink> links = List.of();
        private PendingAction pending;
        private MaintenanceState maintenanceState;
        private String agent;
        private StatusHistory history;
        private StartedScript startedScript;

        private Builder() {}

        private Builder(ObservedState from) {
            status = from.status;
            since = from.since;
            reason = from.reason;
            links = from.links;
            pending = from.pending;
            maintenanceState = from.notes;
            agent = from.agent;
            history = from.history;
            startedScript = from.startedScript;
        }
    }

    /** Creates the first state of a staging. */
    @ModuleInternal
    public static ObservedState initial(Status status, Instant now, @CheckForNull PendingAction pending) {
        Builder initial = new Builder();
        initial.status = status;
        initial.since = now.toEpochMilli();
        initial.pending = pending;
        initial.history = StatusHistory.beginning(status, now, null, pending);
        return new ObservedState(initial);
    }

    private ObservedState copy(Consumer<Builder> change) {
        Builder copy = new Builder(this);
        change.accept(copy);
        return new ObservedState(copy);
    }

    /** Returns the status that users see. */
    @NonNull
    public Status status() {
        return status;
    }

    /** Returns since when the staging has had its status. */
    @NonNull
    public Instant since() {
        return Instant.ofEpochMilli(since);
    }

    /** Returns why the staging has its status, as a sentence; null if there is no reason. */
    @CheckForNull
    public String reason() {
        return reason;
    }

    /** Returns the links that {@code info} printed. */
    @NonNull
    public List<StagingLink> links() {
        return List.copyOf(links);
    }

    /** Returns the accepted action that isn’t done; null if the staging is free. */
    @CheckForNull
    public PendingAction pending() {
        return pending;
    }

    /** Returns a copy with a status and a reason. If the status is unchanged, its start time is kept. */
    @ModuleInternal
    public ObservedState with(Status newStatus, String newReason, Instant now) {
        return copy(state -> {
            state.status = newStatus;
            state.since = newStatus == status ? since : now.toEpochMilli();
            state.reason = newReason;
            state.history = statuses().then(newStatus, newReason, now, pending);
        });
    }

    @ModuleInternal
    public ObservedState withLinks(List<StagingLink> newLinks) {
        return copy(state -> state.links = newLinks);
    }

    @ModuleInternal
    public ObservedState withPending(PendingAction newPending) {
        return copy(state -> {
            state.pending = newPending;
            state.history = statuses().withAction(newPending);
        });
    }

    @NonNull
    @ModuleInternal
    public MaintenanceState maintenanceState() {
        return notes == null ? MaintenanceState.NONE : notes;
    }

    @ModuleInternal
    public ObservedState withMaintenanceState(MaintenanceState maintenanceState) {
        return copy(state -> state.maintenanceState = maintenanceState);
    }

    /** Returns the last statuses, oldest first. The last one is the current status. */
    @NonNull
    public List<StatusPeriod> history() {
        return statuses().periods();
    }

    private StatusHistory statuses() {
        return history != null ? history : StatusHistory.beginning(status, since(), reason, pending);
    }

    /** Returns the state before the pending action; null if there is none, or the state before it wasn’t recorded. */
    @CheckForNull
    @ModuleInternal
    public ObservedState beforePending() {
        StateBefore before = pending == null ? null : pending.stateBefore();
        Status statusBefore = pending == null ? null : pending.before();
        return before == null || statusBefore == null
                ? null
                : copy(state -> {
                    state.status = statusBefore;
                    state.since = before.since().toEpochMilli();
                    state.reason = null;
                    state.pending = null;
                });
    }

    /**
     * Returns a copy in which the status counts from its start before an action that was not done. The history is kept.
     */
    @ModuleInternal
    public ObservedState withSinceBefore(PendingAction undone) {
        StateBefore before = undone.stateBefore();
        return before == null || undone.before() != status
                ? this
                : copy(state -> state.since = before.since().toEpochMilli());
    }

    /** Returns the node name of the last run’s agent, empty for the built-in node; null if no run has had an agent. */
    @CheckForNull
    @ModuleInternal
    public String agent() {
        return agent;
    }

    /**
     * Returns a copy that records which run has done the pending action.
     *
     * @param runAgent node name of the run’s agent; null if it had none
     */
    @ModuleInternal
    public ObservedState withRun(int run, @CheckForNull String runAgent) {
        return pending == null
                ? this
                : copy(state -> {
                    state.agent = runAgent == null ? agent : runAgent;
                    state.history = statuses().withRun(pending.action(), run);
                });
    }

    /** Returns the script that was started last and is not known to have ended; null if there is none. */
    @CheckForNull
    @ModuleInternal
    public StartedScript startedScript() {
        return startedScript;
    }

    @ModuleInternal
    public ObservedState withStartedScript(@CheckForNull StartedScript newStartedScript) {
        return copy(state -> state.startedScript = newStartedScript);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof ObservedState that
                        && status == that.status
                        && since == that.since
                        && Objects.equals(reason, that.reason)
                        && links.equals(that.links)
                        && Objects.equals(pending, that.pending)
                        && Objects.equals(notes, that.notes)
                        && Objects.equals(agent, that.agent)
                        && Objects.equals(history, that.history)
                        && Objects.equals(startedScript, that.startedScript);
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, since, reason, links, pending, notes, agent, history, startedScript);
    }
}
