package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The status table of the design, row by row, and that nothing else changes a status. */
class StatusMachineTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(300);
    private static final Duration EARLY = TIMEOUT.minusMillis(1);
    private static final Duration LATE = TIMEOUT;

    private static final StatusMachine STATUS_MACHINE = new StatusMachine(TIMEOUT);

    private static final String GONE = "gone";
    private static final List<String> FAILURES = List.of("GenericFailure", "PartialAvailability", "TagMismatch");
    private static final List<String> DEPLOYING = List.of("CreatePending", "UpdatePending");

    /** The design's table: status, event and when it happens, then the next status. */
    private static final Map<String, String> ROWS = rows();

    private static Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("- accepted CREATE", "CreatePending");
        for (String from : DEPLOYING) {
            rows.put(from + " check OK early", "Running");
            rows.put(from + " check OK late", "Running");
            rows.put(from + " failed CREATE", "GenericFailure");
            rows.put(from + " failed UPDATE", "GenericFailure");
            rows.put(from + " failed RESTORE", "GenericFailure");
            rows.put(from + " failed ARCHIVE", "GenericFailure");
            rows.put(from + " check GENERIC_FAILURE late", "GenericFailure");
            rows.put(from + " check PARTIAL_AVAILABILITY late", "PartialAvailability");
            rows.put(from + " check TAG_MISMATCH late", "TagMismatch");
        }
        List<String> settled = new ArrayList<>(FAILURES);
        settled.add("Running");
        for (String from : settled) {
            for (String when : List.of("early", "late")) {
                rows.put(from + " check OK " + when, "Running");
                rows.put(from + " check GENERIC_FAILURE " + when, "GenericFailure");
                rows.put(from + " check PARTIAL_AVAILABILITY " + when, "PartialAvailability");
                rows.put(from + " check TAG_MISMATCH " + when, "TagMismatch");
            }
            rows.put(from + " accepted UPDATE", "UpdatePending");
            rows.put(from + " accepted ARCHIVE", "ArchivePending");
        }
        rows.put("ArchivePending archive_check yes", "Archived");
        rows.put("ArchivePending accepted ARCHIVE", "ArchivePending");
        rows.put("Archived accepted RESTORE", "CreatePending");
        rows.put("Archived accepted CLEANUP", "Archived");
        rows.put("CleanupFailed accepted CLEANUP", "CleanupFailed");
        rows.put("Archived cleanup failed", "CleanupFailed");
        rows.put("Archived failed CLEANUP", "CleanupFailed");
        for (String from : FAILURES) {
            rows.put(from + " cleanup failed", "CleanupFailed");
            rows.put(from + " failed CLEANUP", "CleanupFailed");
        }
        rows.put("CleanupFailed cleanup succeeded", GONE);
        rows.put("Archived cleanup succeeded", GONE);
        return rows;
    }

    static Stream<Arguments> tableRows() {
        return ROWS.entrySet().stream().map(row -> Arguments.of(row.getKey(), row.getValue()));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @MethodSource("tableRows")
    void followsTheTable(String row, String to) throws RefusalException {
        Pair pair = allPairs()
                .filter(candidate -> candidate.toString().equals(row))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such pair: " + row));
        Transition next = pair.next();
        assertEquals(to, next.isGone() ? GONE : next.status().name());
    }

    static Stream<Pair> otherPairs() {
        return allPairs().filter(pair -> !ROWS.containsKey(pair.toString()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherPairs")
    void nothingElseChangesAStatus(Pair pair) throws RefusalException {
        if (pair.event instanceof Event.Accepted accepted) {
            RefusalException refusal = assertThrows(RefusalException.class, pair::next);
            assertTrue(refusal.getMessage().matches("\\p{Lu}.*: .*\\."), refusal.getMessage());
            assertFalse(refusal.getMessage().contains("null"), refusal.getMessage());
            Reason expected = pair.from == null
                    ? Reason.UNKNOWN
                    : accepted.action() == StagingAction.CREATE ? Reason.EXISTS : Reason.NOT_NOW;
            assertEquals(expected, refusal.getReason());
        } else {
            assertSame(pair.from, pair.next().status());
        }
    }

    @Test
    void whatIsGoneStaysGone() throws RefusalException {
        Transition next = STATUS_MACHINE.next(null, new Event.Checked(CheckResult.OK), EARLY);
        assertTrue(next.isGone());
    }

    @Test
    void acceptedIsNotObserved() {
        Event accepted = new Event.Accepted(StagingAction.UPDATE);
        assertThrows(IllegalArgumentException.class, () -> STATUS_MACHINE.observed(Status.Running, accepted, EARLY));
    }

    @Test
    void theMatrixIsFull() {
        int statuses = Status.values().length + 1;
        int actions = StagingAction.values().length;
        int events = 2 * actions + 2 * CheckResult.values().length + 2 + 2;
        assertEquals(statuses * events, allPairs().count());
        assertEquals(
                statuses * events, allPairs().map(Pair::toString).distinct().count());
    }

    private static Stream<Pair> allPairs() {
        List<Status> statuses = new ArrayList<>(Arrays.asList(Status.values()));
        statuses.add(null);
        return statuses.stream().flatMap(StatusMachineTest::pairsFrom);
    }

    private static Stream<Pair> pairsFrom(Status from) {
        List<Pair> pairs = new ArrayList<>();
        for (StagingAction action : StagingAction.values()) {
            pairs.add(new Pair(from, "accepted " + action, new Event.Accepted(action), EARLY));
            pairs.add(new Pair(from, "failed " + action, new Event.ScriptFailed(action), EARLY));
        }
        for (CheckResult result : CheckResult.values()) {
            pairs.add(new Pair(from, "check " + result + " early", new Event.Checked(result), EARLY));
            pairs.add(new Pair(from, "check " + result + " late", new Event.Checked(result), LATE));
        }
        pairs.add(new Pair(from, "archive_check yes", new Event.ArchiveChecked(true), EARLY));
        pairs.add(new Pair(from, "archive_check no", new Event.ArchiveChecked(false), EARLY));
        pairs.add(new Pair(from, "cleanup succeeded", new Event.CleanedUp(true), EARLY));
        pairs.add(new Pair(from, "cleanup failed", new Event.CleanedUp(false), EARLY));
        return pairs.stream();
    }

    /** @param from null if there is no staging */
    record Pair(Status from, String what, Event event, Duration inStatus) {

        Transition next() throws RefusalException {
            return STATUS_MACHINE.next(from, event, inStatus);
        }

        @Override
        public String toString() {
            return (from == null ? "-" : from) + " " + what;
        }
    }

    @Test
    void aRunningStagingFailsOnlyAfterSoManyFailuresInARow() {
        StatusMachine tolerant = new StatusMachine(TIMEOUT, 3);
        for (CheckResult no :
                List.of(CheckResult.GENERIC_FAILURE, CheckResult.PARTIAL_AVAILABILITY, CheckResult.TAG_MISMATCH)) {
            assertEquals(Status.Running, after(tolerant, Status.Running, no, 1));
            assertEquals(Status.Running, after(tolerant, Status.Running, no, 2));
            assertEquals(no.status(), after(tolerant, Status.Running, no, 3));
            assertEquals(no.status(), after(tolerant, Status.Running, no, 4));
            assertEquals(no.status(), after(STATUS_MACHINE, Status.Running, no, 1));
        }
    }

    @Test
    void onlyRunningIsSlowToChange() {
        StatusMachine tolerant = new StatusMachine(TIMEOUT, 3);
        assertEquals(
                Status.TagMismatch,
                after(tolerant, Status.PartialAvailability, CheckResult.TAG_MISMATCH, 1),
                "failing");
        assertEquals(Status.Running, after(tolerant, Status.GenericFailure, CheckResult.OK, 0), "well again");
        assertEquals(
                Status.GenericFailure,
                after(tolerant, Status.CreatePending, CheckResult.GENERIC_FAILURE, 1),
                "on its way for too long");
        assertEquals(
                Status.GenericFailure,
                tolerant.observed(Status.Running, new Event.Checked(CheckResult.GENERIC_FAILURE), EARLY)
                        .status(),
                "after an action one no is enough");
    }

    private static Status after(StatusMachine statusMachine, Status from, CheckResult result, int failuresInRow) {
        return statusMachine
                .observed(from, new Event.Checked(result, failuresInRow), LATE)
                .status();
    }
}
