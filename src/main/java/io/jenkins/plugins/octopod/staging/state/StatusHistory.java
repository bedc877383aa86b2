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
 * The last statuses of a staging, oldest first. The last one is the current status. Immutable; part of ObservedState.
 *
 * <p>Each of thousands of stagings has a history in memory, which is read only when a user opens a page. So it keeps
 * numbers, which take a third of the memory of as many {@link StatusPeriod}s.
 */
@ModuleInternal
public final class StatusHistory {

    /** Maximum number of periods; enough for about a dozen actions. */
    public static final int MAX_PERIODS = 50;

    private static final Status[] STATUSES = Status.values();
    private static final StagingAction[] ACTIONS = StagingAction.values();
    private static final byte NO_ACTION = -1;

    private final byte[] statuses;

    /** Milliseconds since the epoch. */
    private final long[] since;

    private final byte[] actions;
    private final int[] runs;

    /** Null if no period has a reason, which is usual. */
    @CheckForNull
    private final String[] reasons;

    private StatusHistory(List<StatusPeriod> periods) {
        int length = periods.size();
        statuses = new byte[length];
        since = new long[length];
        actions = new byte[length];
        runs = new int[length];
        reasons = periods.stream().map(StatusPeriod::reason).allMatch(Objects::isNull) ? null : new String[length];
        for (int i = 0; i < length; i++) {
            StatusPeriod period = periods.get(i);
            StagingAction action = period.action();
            statuses[i] = (byte) period.status().ordinal();
            since[i] = period.since().toEpochMilli();
            actions[i] = action == null ? NO_ACTION : (byte) action.ordinal();
            runs[i] = period.run();
            if (reasons != null) {
                reasons[i] = period.reason();
            }
        }
    }

    /** Creates a history of the newest periods. There must be at least one. */
    static StatusHistory of(List<StatusPeriod> periods) {
        return new StatusHistory(periods.subList(Math.max(0, periods.size() - MAX_PERIODS), periods.size()));
    }

    static StatusHistory beginning(Status status, Instant since, String reason, PendingAction pending) {
        return of(List.of(new StatusPeriod(status, since, reason, null, 0))).withAction(pending);
    }

    List<StatusPeriod> periods() {
        return IntStream.range(0, statuses.length).mapToObj(this::period).toList();
    }

    private StatusPeriod period(int i) {
        return new StatusPeriod(
                STATUSES[statuses[i]],
                Instant.ofEpochMilli(since[i]),
                reasons == null ? null : reasons[i],
                actions[i] == NO_ACTION ? null : ACTIONS[actions[i]],
                runs[i]);
    }

    /** Adds a status. If the status is unchanged, only its reason is replaced. */
    StatusHistory then(Status status, String reason, Instant now, PendingAction pending) {
        if (status == last().status()) {
            return withLast(last().because(reason));
        }
        List<StatusPeriod> longer = new ArrayList<>(periods());
        longer.add(new StatusPeriod(status, now, reason, pending == null ? null : pending.action(), 0));
        return of(longer);
    }

    /** Attributes the current status to the action if it is that action’s pending status. */
    StatusHistory withAction(PendingAction pending) {
        boolean waiting = pending != null && pending.action().pendingStatus() == last().status();
        return waiting ? withLast(last().by(pending.action())) : this;
    }

    /** Records the run of the action’s last periods, back to its pending status. */
    StatusHistory withRun(StagingAction action, int run) {
        List<StatusPeriod> withRun = new ArrayList<>(periods());
        boolean begun = false;
        for (int i = withRun.size() - 1; i >= 0 && !begun && withRun.get(i).action() == action; i--) {
            withRun.set(i, withRun.get(i).by(run));
            begun = withRun.get(i).status().isPending();
        }
        return of(withRun);
    }

    private StatusPeriod last() {
        return period(statuses.length - 1);
    }

    private StatusHistory withLast(StatusPeriod other) {
        List<StatusPeriod> changed = new ArrayList<>(periods());
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
