package io.jenkins.plugins.octopod.staging;

import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The last statuses that a staging had, oldest first; the last one is what it has now. Immutable; part of its record. */
final class StatusHistory {

    /** So many are remembered: that of some dozen actions. */
    static final int LONGEST = 50;

    private final List<StatusSpell> spells;

    private StatusHistory(List<StatusSpell> spells) {
        this.spells = List.copyOf(spells);
    }

    /** Keeps the newest ones; there must be one at least. */
    static StatusHistory of(List<StatusSpell> spells) {
        return new StatusHistory(spells.subList(Math.max(0, spells.size() - LONGEST), spells.size()));
    }

    static StatusHistory beginning(Status status, Instant since, String reason, PendingAction pending) {
        return of(List.of(new StatusSpell(status, since, reason, null, 0))).accepting(pending);
    }

    List<StatusSpell> spells() {
        return spells;
    }

    /** Another status begins; or it is the same one, for another reason. */
    StatusHistory then(Status status, String reason, Instant now, PendingAction pending) {
        if (status == last().status()) {
            return withLast(last().because(reason));
        }
        List<StatusSpell> longer = new ArrayList<>(spells);
        longer.add(new StatusSpell(status, now, reason, pending == null ? null : pending.action(), 0));
        return of(longer);
    }

    /** The status that it has now is that action’s, if it is the one in which that is waited for. */
    StatusHistory accepting(PendingAction pending) {
        boolean waiting = pending != null && pending.action().pendingStatus() == last().status();
        return waiting ? withLast(last().by(pending.action())) : this;
    }

    /** What belongs to the action that was going on until now was done by that run. */
    StatusHistory doneBy(StagingAction action, int run) {
        List<StatusSpell> told = new ArrayList<>(spells);
        boolean begun = false;
        for (int i = told.size() - 1; i >= 0 && !begun && told.get(i).action() == action; i--) {
            told.set(i, told.get(i).by(run));
            begun = told.get(i).status().isPending();
        }
        return of(told);
    }

    private StatusSpell last() {
        return spells.get(spells.size() - 1);
    }

    private StatusHistory withLast(StatusSpell other) {
        List<StatusSpell> changed = new ArrayList<>(spells);
        changed.set(changed.size() - 1, other);
        return new StatusHistory(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatusHistory that && spells.equals(that.spells);
    }

    @Override
    public int hashCode() {
        return spells.hashCode();
    }
}
