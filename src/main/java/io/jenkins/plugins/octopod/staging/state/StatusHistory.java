package io.jenkins.plugins.octopod.staging.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The last statuses that a staging had, oldest first; the last is what it has now. Immutable; part of ObservedState.
 *
 * <p>There is one for each of thousands of stagings, and it is looked at when somebody opens a page: so it keeps numbers, a
 * third of what as many {@link StatusPeriod}s would take.
 */
@ModuleInternal
public final class StatusHistory {

    /** So many are remembered: that of some dozen actions. */
    public static final int MAX_PERIODS = 50;

    private static final Status[] STATUSES = Status.values();
    private static final StagingAction[] ACTIONS = StagingAction.values();
    private static final byte NO_ACTION = -1;

    private final byte[] statuses;

    /** In milliseconds. */
    private final long[] since;

    private final byte[] actions;
    private final int[] runs;

    /** Null where there is none at all, as mostly. */
    @CheckForNull
    private final String[] reasons;

    private StatusHistory(List<StatusPeriod> spells) {
        int length = spells.size();
        statuses = new byte[length];
        since = new long[length];
        actions = new byte[length];
        runs = new int[length];
        reasons = spells.stream().map(StatusPeriod::reason).allMatch(Objects::isNull) ? null : new String[length];
        for (int i = 0; i < length; i++) {
            StatusPeriod spell = spells.get(i);
            StagingAction action = spell.action();
            statuses[i] = (byte) spell.status().ordinal();
            since[i] = spell.since().toEpochMilli();
            actions[i] = action == null ? NO_ACTION : (byte) action.ordinal();
            runs[i] = spell.run();
            if (reasons != null) {
                reasons[i] = spell.reason();
            }
        }
    }

    /** Keeps the newest ones; there must be one at least. */
    static StatusHistory of(List<StatusPeriod> spells) {
        return new StatusHistory(spells.subList(Math.max(0, spells.size() - MAX_PERIODS), spells.size()));
    }

    static StatusHistory beginning(Status status, Instant since, String reason, PendingAction pending) {
        return of(List.of(new StatusPeriod(status, since, reason, null, 0))).withAction(pending);
    }

    List<StatusPeriod> spells() {
        return IntStream.range(0, statuses.length).mapToObj(this::spell).toList();
    }

    private StatusPeriod spell(int i) {
        return new StatusPeriod(
                STATUSES[statuses[i]],
                Instant.ofEpochMilli(since[i]),
                reasons == null ? null : reasons[i],
                actions[i] == NO_ACTION ? null : ACTIONS[actions[i]],
                runs[i]);
    }

    /** Another status begins; or it is the same one, for another reason. */
    StatusHistory then(Status status, String reason, Instant now, PendingAction pending) {
        if (status == last().status()) {
            return withLast(last().because(reason));
        }
        List<StatusPeriod> longer = new ArrayList<>(spells());
        longer.add(new StatusPeriod(status, now, reason, pending == null ? null : pending.action(), 0));
        return of(longer);
    }

    /** The status that it has now is that action’s, if it is the one in which that is waited for. */
    StatusHistory withAction(PendingAction pending) {
        boolean waiting = pending != null && pending.action().pendingStatus() == last().status();
        return waiting ? withLast(last().by(pending.action())) : this;
    }

    /** What belongs to the action that was going on until now was done by that run. */
    StatusHistory withRun(StagingAction action, int run) {
        List<StatusPeriod> told = new ArrayList<>(spells());
        boolean begun = false;
        for (int i = told.size() - 1; i >= 0 && !begun && told.get(i).action() == action; i--) {
            told.set(i, told.get(i).by(run));
            begun = told.get(i).status().isPending();
        }
        return of(told);
    }

    private StatusPeriod last() {
        return spell(statuses.length - 1);
    }

    private StatusHistory withLast(StatusPeriod other) {
        List<StatusPeriod> changed = new ArrayList<>(spells());
        changed.set(changed.size() - 1, other);
        return new StatusHistory(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatusHistory that
                && Arrays.equals(statuses, that.statuses)
                && Arrays.equals(since, that.since)
                && Arrays.equals(actions, that.actions)
                && Arrays.equals(runs, that.runs)
                && Arrays.equals(reasons, that.reasons);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(since);
    }
}
