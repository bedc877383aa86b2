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

/** Observed status and links of a staging, with its pending action. Immutable. Stored in a file of its own. */
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

    /** Of the last run that is done; empty for the built-in node. */
    @CheckForNull
    private final String agent;

    /** Null in a file of before there was one. */
    @CheckForNull
    private final StatusHistory history;

    @CheckForNull
    private final StartedScript startedScript;

    private ObservedState(
            Status status,
            long since,
            String reason,
            List<StagingLink> links,
            PendingAction pending,
            MaintenanceState maintenanceState,
            String agent,
            StatusHistory history,
            StartedScript startedScript) {
        this.status = Objects.requireNonNull(status);
        this.since = since;
        this.reason = reason;
        this.links = new ArrayList<>(links);
        this.pending = pending;
        this.notes = MaintenanceState.NONE.equals(maintenanceState) ? null : maintenanceState;
        this.agent = agent;
        this.history = history;
        this.startedScript = startedScript;
    }

    /** Of a staging that has just been asked for. */
    @ModuleInternal
    public static ObservedState initial(Status status, Instant now, PendingAction pending) {
        return new ObservedState(
                status,
                now.toEpochMilli(),
                null,
                List.of(),
                pending,
                null,
                null,
                StatusHistory.beginning(status, now, null, pending),
                null);
    }

    @NonNull
    public Status status() {
        return status;
    }

    /** Since when the staging has that status. */
    @NonNull
    public Instant since() {
        return Instant.ofEpochMilli(since);
    }

    /** Why it has that status, in a sentence; null if there is nothing to say. */
    @CheckForNull
    public String reason() {
        return reason;
    }

    @NonNull
    public List<StagingLink> links() {
        return List.copyOf(links);
    }

    /** What somebody has asked for and isn't done; null if the staging is free. */
    @CheckForNull
    public PendingAction pending() {
        return pending;
    }

    /** Another status, or the same for another reason; only another status starts a new time. */
    @ModuleInternal
    public ObservedState with(Status newStatus, String newReason, Instant now) {
        return new ObservedState(
                newStatus,
                newStatus == status ? since : now.toEpochMilli(),
                newReason,
                links,
                pending,
                notes,
                agent,
                statuses().then(newStatus, newReason, now, pending),
                startedScript);
    }

    @ModuleInternal
    public ObservedState withLinks(List<StagingLink> newLinks) {
        return new ObservedState(status, since, reason, newLinks, pending, notes, agent, history, startedScript);
    }

    @ModuleInternal
    public ObservedState withPending(PendingAction newPending) {
        return new ObservedState(
                status,
                since,
                reason,
                links,
                newPending,
                notes,
                agent,
                statuses().withAction(newPending),
                startedScript);
    }

    @NonNull
    @ModuleInternal
    public MaintenanceState maintenanceState() {
        return notes == null ? MaintenanceState.NONE : notes;
    }

    @ModuleInternal
    public ObservedState withMaintenanceState(MaintenanceState maintenanceState) {
        return new ObservedState(
                status, since, reason, links, pending, maintenanceState, agent, history, startedScript);
    }

    /** The last statuses, oldest first; the last one is the one that it has now. */
    @NonNull
    public List<StatusPeriod> history() {
        return statuses().periods();
    }

    private StatusHistory statuses() {
        return history != null ? history : StatusHistory.beginning(status, since(), reason, pending);
    }

    /** The state before the pending action; null if there is none, or if the state before it wasn’t recorded. */
    @CheckForNull
    @ModuleInternal
    public ObservedState beforePending() {
        StateBefore before = pending == null ? null : pending.stateBefore();
        Status statusBefore = pending == null ? null : pending.before();
        return before == null || statusBefore == null
                ? null
                : new ObservedState(
                        statusBefore,
                        before.since().toEpochMilli(),
                        null,
                        links,
                        null,
                        notes,
                        agent,
                        history,
                        startedScript);
    }

    /** As this, but counting from when the status began before that action, which was not done; the history is kept. */
    @ModuleInternal
    public ObservedState withSinceBefore(PendingAction undone) {
        StateBefore before = undone.stateBefore();
        return before == null || undone.before() != status
                ? this
                : new ObservedState(
                        status,
                        before.since().toEpochMilli(),
                        reason,
                        links,
                        pending,
                        notes,
                        agent,
                        history,
                        startedScript);
    }

    /** The name of the agent that its last run was on, empty for the built-in node; null if none has got to one. */
    @CheckForNull
    @ModuleInternal
    public String agent() {
        return agent;
    }

    /**
     * That what is pending is done by that run.
     *
     * @param runAgent where it was; null if it hasn’t got to an agent
     */
    @ModuleInternal
    public ObservedState withRun(int run, @CheckForNull String runAgent) {
        return pending == null
                ? this
                : new ObservedState(
                        status,
                        since,
                        reason,
                        links,
                        pending,
                        notes,
                        runAgent == null ? agent : runAgent,
                        statuses().withRun(pending.action(), run),
                        startedScript);
    }

    /** Returns the script that was started last and is not known to have ended; null if there is none. */
    @CheckForNull
    @ModuleInternal
    public StartedScript startedScript() {
        return startedScript;
    }

    @ModuleInternal
    public ObservedState withStartedScript(@CheckForNull StartedScript newStartedScript) {
        return new ObservedState(status, since, reason, links, pending, notes, agent, history, newStartedScript);
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
