package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.StateXStream;
import io.jenkins.plugins.octopod.staging.state.StatusHistory;
import io.jenkins.plugins.octopod.staging.state.StatusPeriod;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusHistoryTest {

    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    private static PendingAction pending(StagingAction action) {
        return PendingAction.builder("id-" + action, action).build();
    }

    /** A creation that has succeeded, as run 1. */
    private static ObservedState created() {
        return ObservedState.initial(Status.CreatePending, at(0), pending(StagingAction.CREATE))
                .with(Status.Running, null, at(10))
                .withRun(1, "agent")
                .withPending(null);
    }

    private static StatusPeriod last(ObservedState observedState) {
        return observedState.history().get(observedState.history().size() - 1);
    }

    @Test
    void eachStatusIsThereWithItsAction() {
        ObservedState updated = created()
                .with(Status.UpdatePending, null, at(20))
                .withPending(pending(StagingAction.UPDATE))
                .with(Status.GenericFailure, "It broke.", at(30))
                .withRun(2, "agent")
                .withPending(null)
                .with(Status.Running, null, at(40));
        assertEquals(
                List.of(
                        new StatusPeriod(Status.CreatePending, at(0), null, StagingAction.CREATE, 1),
                        new StatusPeriod(Status.Running, at(10), null, StagingAction.CREATE, 1),
                        new StatusPeriod(Status.UpdatePending, at(20), null, StagingAction.UPDATE, 2),
                        new StatusPeriod(Status.GenericFailure, at(30), "It broke.", StagingAction.UPDATE, 2),
                        new StatusPeriod(Status.Running, at(40), null, null, 0)),
                updated.history());
    }

    @Test
    void anActionThatWasCancelledIsNotTheNextOnes() {
        ObservedState observedState = created()
                .with(Status.UpdatePending, null, at(20))
                .withPending(pending(StagingAction.UPDATE))
                .with(Status.Running, "Called off.", at(21))
                .withPending(null)
                .with(Status.UpdatePending, null, at(22))
                .withPending(pending(StagingAction.UPDATE))
                .with(Status.Running, null, at(23))
                .withRun(2, "agent")
                .withPending(null);
        assertEquals(
                List.of(1, 1, 0, 0, 2, 2),
                observedState.history().stream().map(StatusPeriod::run).toList());
    }

    @Test
    void aCleanupThatWasAbortedDoesNotChangeWhoArchived() {
        ObservedState archived = created()
                .with(Status.ArchivePending, null, at(20))
                .withPending(pending(StagingAction.ARCHIVE))
                .with(Status.Archived, null, at(30))
                .withRun(2, "agent")
                .withPending(null);
        ObservedState aborted = archived.withPending(pending(StagingAction.CLEANUP))
                .with(Status.Archived, "Aborted.", at(40))
                .withRun(3, "agent")
                .withPending(null);
        assertEquals(new StatusPeriod(Status.Archived, at(30), "Aborted.", StagingAction.ARCHIVE, 2), last(aborted));
        assertEquals(archived.history().size(), aborted.history().size());
    }

    @Test
    void theSameStatusForAnotherReasonIsNoOther() {
        ObservedState observedState = created()
                .with(Status.GenericFailure, "One pod is missing.", at(20))
                .with(Status.GenericFailure, "Two pods are missing.", at(30));
        assertEquals(3, observedState.history().size());
        assertEquals(
                new StatusPeriod(Status.GenericFailure, at(20), "Two pods are missing.", null, 0), last(observedState));
    }

    @Test
    void itGrowsNoLongerThanItsLimit() {
        ObservedState observedState = created();
        for (int i = 0; i < 200; i++) {
            observedState = observedState.with(i % 2 == 0 ? Status.GenericFailure : Status.Running, null, at(100 + i));
        }
        assertEquals(StatusHistory.MAX_PERIODS, observedState.history().size());
        assertEquals(at(299), last(observedState).since());
        assertEquals(observedState.since(), last(observedState).since());
    }

    @Test
    void itIsStoredWithTheRecord() {
        String hostile = "It <b>broke</b> & \"said\" ]]> so.\nTwice.";
        ObservedState observedState = created().with(Status.TagMismatch, hostile, at(20));
        String xml = StateXStream.XSTREAM.toXML(observedState);
        assertTrue(xml.contains("<was status=\"Running\""), xml);
        assertEquals(observedState, StateXStream.XSTREAM.fromXML(xml));
        assertNotEquals(observedState, created());
    }

    @Test
    void aRecordOfBeforeThereWasAHistoryHasWhatItKnows() {
        String xml = StateXStream.XSTREAM.toXML(created().with(Status.GenericFailure, "It broke.", at(20)));
        String old = xml.replaceFirst("(?s)<history>.*</history>", "");
        assertFalse(old.contains("history"), old);
        ObservedState observedState = (ObservedState) StateXStream.XSTREAM.fromXML(old);
        assertEquals(
                List.of(new StatusPeriod(Status.GenericFailure, at(20), "It broke.", null, 0)),
                observedState.history());
        assertEquals(
                2, observedState.with(Status.Running, null, at(30)).history().size());
    }

    @Test
    void whatCannotBeReadIsLeftOut() {
        String xml = StateXStream.XSTREAM.toXML(created());
        ObservedState one =
                (ObservedState) StateXStream.XSTREAM.fromXML(xml.replace("\"CreatePending\"", "\"Sleeping\""));
        assertEquals(1, one.history().size());
        ObservedState none =
                (ObservedState) StateXStream.XSTREAM.fromXML(xml.replaceAll("since=\"[0-9]+\"", "since=\"then\""));
        assertEquals(Status.Running, last(none).status());
        assertNull(last(none).action());
    }
}
