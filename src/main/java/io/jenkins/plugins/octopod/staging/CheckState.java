package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.engine.CheckResult;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Event;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.engine.StatusMachine;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.health.StagingProbe;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * State of the checks of a staging between its runs: the time of the last check, and whether the status is still
 * confirmed. It is kept in memory only, so a check that confirms the known status writes nothing. Thread-safe.
 */
@Restricted(NoExternalUse.class)
public final class CheckState {

    private static final Logger LOGGER = Logger.getLogger(CheckState.class.getName());

    /** Matches numbers such as times and process ids, which differ between two checks of the same failure. */
    private static final Pattern NUMBERS = Pattern.compile("\\d+");

    private final Staging staging;
    private final AtomicReference<PendingCheck> currentCheck = new AtomicReference<>();

    /** First check begun since the last result. Checks can be given up and begun again without a result. */
    private final AtomicReference<PendingCheck> unanswered = new AtomicReference<>();

    private volatile Instant lastChecked = Instant.MIN;

    @CheckForNull
    private volatile Staleness staleness;

    private volatile boolean linksWanted;

    /** Failed checks in a row: start of the status that the last one left, number of failures, last message. */
    private Instant failing = Instant.MIN;

    private int failuresInRow;

    @CheckForNull
    private String lastSentence;

    /** A check in progress, compared by identity. Thread-safe. */
    public static final class PendingCheck {

        private final ObservedState observedState;
        private final ControlScript script;
        private final Instant since;

        @CheckForNull
        private volatile String agent;

        private PendingCheck(ObservedState observedState, ControlScript script, Instant since) {
            this.observedState = observedState;
            this.script = script;
            this.since = since;
        }

        /** Observed state when the check began; the result counts only while this is still the current state. */
        @NonNull
        public ObservedState observedState() {
            return observedState;
        }

        /** Script that the check runs. */
        @NonNull
        public ControlScript script() {
            return script;
        }

        /** Records the agent that runs the check by its node name, which is empty for the built-in node. */
        public void askedOf(@NonNull String nodeName) {
            agent = nodeName;
        }
    }

    /**
     * Information that the status might be outdated.
     *
     * @param reason why the status could not be checked or stored
     */
    record Staleness(Instant since, RestrictedMessage reason) {}

    CheckState(Staging staging) {
        this.staging = staging;
    }

    /**
     * Begins a check of the status.
     *
     * @return the check, or {@code null} if none may begin: the staging is archived or busy, or a check is in progress
     */
    @CheckForNull
    public PendingCheck beginCheck(Instant now) {
        ObservedState observedState = staging.observedState();
        if (!isCheckable(observedState)) {
            // A pending action can be cancelled, and then the status is as uncertain as before. An archived staging is
            // not checked.
            if (observedState.pending() == null) {
                markFresh();
            }
            return null;
        }
        boolean archiving = observedState.status() == Status.ArchivePending;
        return beginCheck(
                new PendingCheck(observedState, archiving ? ControlScript.ARCHIVE_CHECK : ControlScript.CHECK, now));
    }

    /**
     * Begins a check that reads the links, if they are wanted and the staging is running.
     *
     * @return the check, or {@code null} if none may begin
     */
    @CheckForNull
    public PendingCheck beginLinksCheck(Instant now) {
        ObservedState observedState = staging.observedState();
        boolean wanted = linksWanted && isCheckable(observedState) && observedState.status() == Status.Running;
        return wanted ? beginCheck(new PendingCheck(observedState, ControlScript.INFO, now)) : null;
    }

    /** Returns whether a check found that the staging has begun to run, and its links have not been read yet. */
    public boolean areLinksWanted() {
        return linksWanted;
    }

    /** Returns whether the check in progress only reads the links, so that it will end soon. */
    public boolean isAskedForLinks() {
        PendingCheck open = currentCheck.get();
        return open != null && open.script() == ControlScript.INFO;
    }

    /** Returns whether a check is in progress or its result is being stored. */
    public boolean isBeingAsked() {
        return currentCheck.get() != null;
    }

    /** Returns whether checks keep the status of this state up to date. */
    public static boolean isCheckable(ObservedState observedState) {
        return observedState.pending() == null && !observedState.status().isArchived();
    }

    /**
     * Begins a check unless one of the same state is in progress. Replaces a check of an older state, because its
     * result would not count and might never arrive.
     */
    @CheckForNull
    private PendingCheck beginCheck(PendingCheck next) {
        PendingCheck open = currentCheck.get();
        boolean counts = open != null && open.observedState() == next.observedState();
        if (counts || !currentCheck.compareAndSet(open, next)) {
            return null;
        }
        unanswered.updateAndGet(first -> first == null || first.observedState() != next.observedState() ? next : first);
        return next;
    }

    /** Gives up a check that was not carried out. */
    public void endCheck(PendingCheck pendingCheck) {
        currentCheck.compareAndSet(pendingCheck, null);
    }

    /**
     * Gives up a check that has had no result within the limit, if a different agent would run it now. Its result no
     * longer counts.
     *
     * @param nodeName node name of the agent that would run the check now; null if there is none
     */
    public void giveUpOverdue(Duration limit, Instant now, @CheckForNull String nodeName) {
        PendingCheck open = currentCheck.get();
        String asked = open == null ? null : open.agent;
        if (asked != null && isOverdue(open, limit, now) && !asked.equals(nodeName)) {
            endCheck(open);
        }
    }

    /** Returns whether a check in progress has had no result within the limit. */
    public boolean isOverdue(Duration limit, Instant now) {
        PendingCheck open = currentCheck.get();
        return open != null && isOverdue(open, limit, now);
    }

    private static boolean isOverdue(PendingCheck check, Duration limit, Instant now) {
        return !check.since.plus(limit).isAfter(now);
    }

    /** Gives up a check because the project does not update statuses between runs. */
    public void leave(PendingCheck pendingCheck) {
        unanswered.set(null);
        markFresh();
        endCheck(pendingCheck);
    }

    /** Stores the result of a check if it still applies, and ends the check. */
    public void answered(PendingCheck pendingCheck, Observation seen, Instant now) {
        if (currentCheck.get() != pendingCheck) {
            return;
        }
        unanswered.set(null);
        try {
            if (seen instanceof Observation.Unknown unknown) {
                if (staging.observedState() == pendingCheck.observedState()) {
                    markStale(unknown.reason(), now);
                }
            } else {
                store(pendingCheck, seen, now);
            }
        } finally {
            endCheck(pendingCheck);
        }
    }

    /**
     * Stores a status that was reported without a check, by the same rules as a check’s result. The result of a check
     * in progress then counts only if the report changed nothing.
     *
     * @return false if the report does not count, for example because an action is pending
     */
    public boolean report(Observation seen, Instant now) {
        ObservedState observedState = staging.observedState();
        boolean archiving = observedState.status() == Status.ArchivePending;
        if (!isCheckable(observedState) || archiving != seen instanceof Observation.ArchiveChecked) {
            return false;
        }
        return store(
                new PendingCheck(observedState, archiving ? ControlScript.ARCHIVE_CHECK : ControlScript.CHECK, now),
                seen,
                now);
    }

    /** Returns whether the result counted. */
    private boolean store(PendingCheck pendingCheck, Observation seen, Instant now) {
        AtomicBoolean taken = new AtomicBoolean();
        boolean aboutLinks = pendingCheck.script() == ControlScript.INFO;
        ObservedState after;
        try {
            after = staging.updateObservedState(
                    observedState -> {
                        // A run might have begun and ended in the meantime. Its result is newer.
                        taken.set(observedState == pendingCheck.observedState());
                        return taken.get() ? next(observedState, seen, now) : observedState;
                    },
                    () -> taken.get() && confirm(aboutLinks ? lastChecked : now));
        } catch (NoSuchFileException e) {
            // The staging was deleted, or it is being moved and will be checked there. Neither is a failure.
            LOGGER.log(Level.FINE, e, () -> "What was seen of " + staging.getFullName() + " is dropped");
            return false;
        } catch (IOException e) {
            // The thread was interrupted, for example because the connection to an agent was lost. The disk is not at
            // fault.
            Level level = e instanceof ClosedByInterruptException ? Level.FINE : Level.WARNING;
            LOGGER.log(level, e, () -> "What was seen of " + staging.getFullName() + " can't be stored");
            markStale(RestrictedMessage.unrestricted(Messages.CheckState_notStored(e.getMessage())), now);
            return false;
        }
        if (!taken.get()) {
            return false;
        }
        boolean begunToRun =
                after.status() == Status.Running && pendingCheck.observedState().status() != Status.Running;
        linksWanted = aboutLinks ? false : linksWanted || begunToRun;
        return true;
    }

    private ObservedState next(ObservedState observedState, Observation seen, Instant now) {
        if (seen instanceof Observation.LinksRead linksRead) {
            return observedState.withLinks(linksRead.links());
        }
        if (seen instanceof Observation.ArchiveChecked archiveChecked) {
            Status status = after(observedState, new Event.ArchiveChecked(archiveChecked.archived()), now);
            return status == observedState.status()
                    ? observedState
                    : observedState.with(status, null, now).withLinks(List.of());
        }
        if (seen instanceof Observation.Checked checked) {
            return checked(observedState, checked.probeResult(), now);
        }
        return observedState;
    }

    private synchronized ObservedState checked(
            ObservedState observedState, StagingProbe.ProbeResult probeResult, Instant now) {
        boolean well = probeResult.result() == CheckResult.OK;
        boolean sameRow = !well && failing.equals(observedState.since());
        failuresInRow = well ? 0 : sameRow ? failuresInRow + 1 : 1;
        String before = sameRow ? lastSentence : null;
        failing = observedState.since();
        lastSentence = probeResult.sentence();
        Status status = after(observedState, new Event.Checked(probeResult.result(), failuresInRow), now);
        if (status != observedState.status()) {
            failing = now;
            return observedState.with(status, well ? null : probeResult.sentence(), now);
        }
        boolean untold = observedState.reason() == null
                || before != null && !equalsIgnoringNumbers(before, probeResult.sentence());
        return status != Status.Running && untold
                ? observedState.with(status, probeResult.sentence(), now)
                : observedState;
    }

    private Status after(ObservedState observedState, Event event, Instant now) {
        OctopodProject project = staging.getParent();
        return new StatusMachine(
                        project.statusTimeoutDuration(), project.getChecks().getFailuresInRow())
                .observed(observedState.status(), event, Duration.between(observedState.since(), now))
                .status();
    }

    /**
     * Compares two messages without their numbers, so that a counter in the output does not cause a write at every
     * check.
     */
    public static boolean equalsIgnoringNumbers(String sentence, String other) {
        return NUMBERS.matcher(sentence)
                .replaceAll("0")
                .equals(NUMBERS.matcher(other).replaceAll("0"));
    }

    /** Marks the status as stale if no check has had a result within the limit. */
    public void markOverdue(Duration limit, Instant now) {
        PendingCheck first = unanswered.get();
        if (first != null && staging.observedState() == first.observedState() && isOverdue(first, limit, now)) {
            markStale(RestrictedMessage.unrestricted(Messages.CheckState_overdue(limit.toSeconds())), now);
        }
    }

    private void markStale(RestrictedMessage reason, Instant now) {
        Staleness known = staleness;
        if (known == null || !known.reason().equals(reason)) {
            staleness = new Staleness(known == null ? now : known.since(), reason);
            staging.fireChanged();
        }
    }

    /**
     * Records that a run has determined the status, which is stored next. Notifies no listener, because an action is
     * pending until then. A run that ended before its script did has not determined the status.
     */
    public void confirmedByRun() {
        clearStaleness();
    }

    private void markFresh() {
        if (clearStaleness()) {
            staging.fireChanged();
        }
    }

    /** Returns whether the status was stale. */
    private boolean confirm(Instant checkedAt) {
        lastChecked = checkedAt;
        return clearStaleness();
    }

    /** Returns whether there was any. */
    private boolean clearStaleness() {
        boolean stale = staleness != null;
        staleness = null;
        return stale;
    }

    /** Returns null if the status is confirmed, or if checks do not keep it up to date. */
    @CheckForNull
    Staleness staleness() {
        return isCheckable(staging.observedState()) ? staleness : null;
    }

    /** Returns when a check last confirmed the status, or when the status began if that is later. */
    @NonNull
    Instant lastChecked() {
        Instant since = staging.observedState().since();
        return lastChecked.isAfter(since) ? lastChecked : since;
    }
}
