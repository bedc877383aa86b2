package io.jenkins.plugins.octopod.cli.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.request.ExternalStaging;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each for itself: what is there is read, and what isn’t right is said. */
class LegacyStagingListTest {

    /** The forms that our own answers are held to as well. */
    private static final Path GOLDEN = Path.of("src/test/resources/io/jenkins/plugins/octopod/api/v1");

    private static final String ONE =
            "{'deployment':{'name':'a1','app_overrides':[['A..B',{'tag':'ValueAdded','contents':'x'}],"
                    + "['C',{'tag':'ValueDeleted'}]],'deployment_overrides':[]},"
                    + "'status':{'tag':'DeploymentPending','recorded_status':{'tag':'UpdatePending'}},"
                    + "'metadata':[{'name':'app','link':'https://a1.example.com'}],"
                    + "'created_at':'2021-08-25T10:00:00Z','updated_at':'2021-08-25T10:04:05.123456Z'}";

    @Test
    void formsOfTheOriginal() throws Exception {
        String list =
                "[" + golden("full_info") + "," + golden("full_info_pending") + "," + golden("full_info_failure") + "]";
        List<LegacyStaging> read = read(list);
        assertEquals(
                new ExternalStaging(
                        "orange-button",
                        Status.Running,
                        List.of(new StagingLink("app", "https://orange-button.cactus.example.com")),
                        new StagingOverrides(Overrides.NONE, Overrides.parse("image.tag=015f16e")),
                        Instant.parse("2021-08-25T10:00:00Z"),
                        Instant.parse("2021-08-25T10:04:05.123Z")),
                read.get(0).staging());
        assertFalse(read.get(0).inProgress());
        assertEquals(Status.UpdatePending, read.get(1).staging().status());
        assertTrue(read.get(1).inProgress());
        assertEquals(Status.TagMismatch, read.get(2).staging().status());
    }

    @Test
    void overridesAsTheyAreMeant() throws Exception {
        ExternalStaging read = read("[" + ONE + "]").get(0).staging();
        assertEquals(Overrides.parse("A.B=x\n-C"), read.overrides().application());
        assertEquals(Instant.parse("2021-08-25T10:04:05.123456Z"), read.changedAt());
    }

    @Test
    void everyStatus() throws Exception {
        for (Status status : Status.values()) {
            String form =
                    status.isFailure() ? "{'tag':'Failure','contents':'" + status + "'}" : "{'tag':'" + status + "'}";
            String list = "[" + ONE.replace("{'tag':'UpdatePending'}", form) + "]";
            assertEquals(status, read(list).get(0).staging().status(), list);
        }
    }

    /** What another version says beyond that is nobody’s business here. */
    @Test
    void moreThanIsNeeded() throws Exception {
        String more = ONE.replace("'metadata'", "'image':'x','metadata'")
                .replace("'tag':'UpdatePending'", "'tag':'UpdatePending','at':1");
        assertNull(read("[" + more + "]").get(0).problem());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'name':'a1'                    | 'name':5                       | name
            'app_overrides'                | 'overrides'                    | app_overrides
            'ValueAdded','contents':'x'    | 'ValueAdded'                   | app_overrides
            'ValueAdded'                   | 'ValueOther'                   | app_overrides
            ['C',{'tag':'ValueDeleted'}]   | ['C']                          | app_overrides
            ['C',{'tag':'ValueDeleted'}]   | ['C',{'tag':'ValueDeleted'},1] | app_overrides
            ['C',                          | [1,                            | app_overrides
            'deployment_overrides':[]      | 'deployment_overrides':{}      | deployment_overrides
            'tag':'UpdatePending'          | 'tag':'Other'                  | recorded_status
            'tag':'UpdatePending'          | 'tag':'GenericFailure'         | recorded_status
            'tag':'UpdatePending'          | 'tag':'Failure','contents':'Running' | recorded_status
            'link':'https://a1.example.com' | 'link':null                   | link
            'metadata':[                   | 'links':[                      | metadata
            'created_at':'2021-08-25T10:00:00Z' | 'created_at':'yesterday'  | created_at
            'updated_at'                   | 'changed_at'                   | updated_at
            'created_at':'2021-08-25T10:00:00Z' | 'created_at':'-1000000000-01-01T00:00:00Z' | created_at
            'created_at':'2021-08-25T10:00:00Z' | 'created_at':'+1000000000-12-31T23:59:59Z' | created_at
            """)
    void whatIsntUnderstoodCostsNoOther(String right, String wrong, String field) throws Exception {
        assertTrue(ONE.contains(right), right);
        List<LegacyStaging> read = read("[" + ONE.replace(right, wrong) + "," + ONE.replace("'a1'", "'b1'") + "]");
        assertEquals("Its " + field + " is missing or invalid.", read.get(0).problem());
        assertNull(read.get(0).staging());
        assertEquals(
                field.equals("name") ? "number 1 in the list" : "a1",
                read.get(0).name());
        assertNotNull(read.get(1).staging());
    }

    @Test
    void keysAreThoseOfAnyOverride() throws Exception {
        String problem = read("[" + ONE.replace("A..B", " . ") + "]").get(0).problem();
        assertTrue(problem.startsWith("An override has no key"), problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                 | a JSON array was expected
            {}                 | a JSON array was expected
            null               | a JSON array was expected
            [{                 | line 1, column
            [] []              | isn’t
            <html>secret       | line 1, column
            [{'a':1,'a':2}]    | line 1, column
            """)
    void noList(String text, String told) {
        RefusalException refused = assertThrows(RefusalException.class, () -> read(text == null ? "" : text));
        assertTrue(refused.getMessage().contains(told), refused.getMessage());
        assertFalse(refused.getMessage().contains("secret"), "nothing of what was answered is told");
    }

    /** As a tree, such a list needs more than a gigabyte. */
    @Test
    void tooManyStagings() {
        for (String many : List.of(
                "[" + "0,".repeat(LegacyStagingList.MAX_STAGINGS) + "0]",
                "[{'a':[" + "0,".repeat(LegacyStagingList.MAX_TOKENS) + "0]}]")) {
            RefusalException refused = assertThrows(RefusalException.class, () -> read(many));
            assertTrue(refused.getMessage().contains("more than 20,000 stagings"), refused.getMessage());
        }
    }

    @Test
    void tooLong() {
        byte[] long16 = new byte[LegacyStagingList.MAX_LENGTH + 1];
        RefusalException refused = assertThrows(RefusalException.class, () -> LegacyStagingList.read(long16));
        assertTrue(refused.getMessage().contains("longer than 16 MB"), refused.getMessage());
    }

    private static List<LegacyStaging> read(String list) throws RefusalException {
        return LegacyStagingList.read(list.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String golden(String form) throws Exception {
        return Files.readString(GOLDEN.resolve(form + ".json"));
    }
}
