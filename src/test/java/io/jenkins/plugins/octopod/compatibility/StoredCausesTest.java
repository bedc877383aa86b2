package io.jenkins.plugins.octopod.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.util.XStream2;
import io.jenkins.plugins.octopod.staging.maintenance.DeletedBranchCause;
import io.jenkins.plugins.octopod.staging.maintenance.ExpiryCause;
import io.jenkins.plugins.octopod.staging.maintenance.RetentionCause;
import io.jenkins.plugins.octopod.staging.maintenance.SleepCause;
import io.jenkins.plugins.octopod.staging.maintenance.StoredCauses;
import io.jenkins.plugins.octopod.staging.maintenance.WakeCause;
import io.jenkins.plugins.octopod.staging.request.CapacityCause;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.StateXStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each cause of an automatic action, as it was stored before causes had names of their own. It is read from runs, from the
 * queue and from {@code observed.xml}, and written under its own name. The {@link StoredHome} has all of them in runs only.
 */
class StoredCausesTest {

    private static final String BEFORE = "io.jenkins.plugins.octopod.staging.";

    private static final String ACTION =
            "<hudson.model.CauseAction><causeBag class=\"linked-hash-map\"><entry>%s<int>1</int></entry></causeBag>"
                    + "</hudson.model.CauseAction>";

    private static final String OBSERVED =
            "<octopod-observed><status>ArchivePending</status><since>1768597200848</since><links/><pending>"
                    + "<requestId>aac10375</requestId><action>ARCHIVE</action><configChecked>false</configChecked>"
                    + "<causes>%s</causes></pending></octopod-observed>";

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(
                        CapacityCause.class,
                        "RoomCause",
                        "octopod-capacity-cause",
                        "<newcomer>b1</newcomer><who>alice</who>",
                        "free capacity for another staging"),
                Arguments.of(
                        CapacityCause.class,
                        "RoomCause",
                        "octopod-capacity-cause",
                        "<newcomer>b1</newcomer>",
                        "free capacity for another staging"),
                Arguments.of(
                        ExpiryCause.class, "upkeep.ExpiryCause", "octopod-expiry-cause", "<days>14</days>", "14 days"),
                Arguments.of(
                        ExpiryCause.class,
                        "upkeep.ExpiryCause",
                        "octopod-expiry-cause",
                        "<date>1768597200848</date>",
                        "expiry date was reached"),
                Arguments.of(
                        DeletedBranchCause.class,
                        "upkeep.GoneBranchCause",
                        "octopod-deleted-branch-cause",
                        "<branch>team » shop » feature</branch>",
                        "branch was deleted: team » shop » feature"),
                Arguments.of(
                        RetentionCause.class,
                        "upkeep.RetentionCause",
                        "octopod-retention-cause",
                        "<days>3</days><again>false</again>",
                        "Archived for 3 days"),
                Arguments.of(
                        RetentionCause.class,
                        "upkeep.RetentionCause",
                        "octopod-retention-cause",
                        "<days>3</days><again>true</again>",
                        "the last cleanup failed"),
                Arguments.of(
                        SleepCause.class, "upkeep.SleepCause", "octopod-sleep-cause", "", "Archived for the night"),
                Arguments.of(WakeCause.class, "upkeep.WakeCause", "octopod-wake-cause", "", "Restored in the morning"));
    }

    @BeforeAll
    static void register() {
        StoredCauses.register();
    }

    @ParameterizedTest
    @MethodSource("causes")
    void isReadFromRuns(Class<?> type, String before, String name, String fields, String description) {
        check((XStream2) Run.XSTREAM, type, before, name, fields, description);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void isReadFromTheQueue(Class<?> type, String before, String name, String fields, String description) {
        check((XStream2) Queue.XSTREAM, type, before, name, fields, description);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void isReadFromPendingActions(Class<?> type, String before, String name, String fields, String description) {
        String stored = OBSERVED.formatted(element(BEFORE + before, fields));
        ObservedState observed = (ObservedState) StateXStream.XSTREAM.fromXML(stored);
        checkCause(observed.pending().causes(), type, description);
        String written = onOneLine(StateXStream.XSTREAM.toXML(observed));
        assertTrue(written.contains("<causes>" + element(name, fields) + "</causes>"), written);
    }

    private static void check(
            XStream2 xstream, Class<?> type, String before, String name, String fields, String description) {
        CauseAction action = (CauseAction) xstream.fromXML(ACTION.formatted(element(BEFORE + before, fields)));
        checkCause(action.getCauses(), type, description);
        assertEquals(ACTION.formatted(element(name, fields)), onOneLine(xstream.toXML(action)));
    }

    private static void checkCause(List<Cause> causes, Class<?> type, String description) {
        assertEquals(1, causes.size());
        assertSame(type, causes.get(0).getClass());
        String found = causes.get(0).getShortDescription();
        assertTrue(found.contains(description), found);
    }

    private static String element(String name, String fields) {
        return fields.isEmpty() ? "<" + name + "/>" : "<" + name + ">" + fields + "</" + name + ">";
    }

    private static String onOneLine(String xml) {
        return xml.replaceAll(">\\s+<", "><").strip();
    }
}
