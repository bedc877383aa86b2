package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What Jenkins’ own {@code api/json} and {@code api/xml} say of a project, its stagings and their runs. */
@WithSharedJenkins
class RemoteApiTest {

    @TempDir
    private Path directory;

    @Test
    void allThatCanBeKnown(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.INFO, "echo 'app,https://a1.example.com/?a=1&b=2'")
                .with(ControlScript.UPDATE, "echo out of space >&2; exit 3");
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        demo.connectAgent("agent");
        long before = System.currentTimeMillis();
        demo.finished(demo.submit(Kind.CREATE, "a1", "GREETING=<hi>", "-DEBUG"));
        Visitor visitor = Visitor.anonymous(jenkins);

        JsonNode project = json(visitor, "job/demo/");
        assertEquals("demo", project.path("projectName").asText());
        assertEquals("staging.example.com", project.path("baseDomain").asText());
        assertEquals("demo", project.path("namespace").asText());
        assertEquals("image.tag", project.path("tagKey").asText());
        assertEquals(16, project.path("maxNameLength").asInt());
        assertEquals("a1", project.path("jobs").path(0).path("name").asText());

        JsonNode staging = json(visitor, "job/demo/job/a1/");
        assertEquals("Running", staging.path("status").asText());
        assertEquals(
                "https://a1.example.com/?a=1&b=2",
                staging.path("links").path(0).path("url").asText());
        String overrides = "[{\"key\":\"GREETING\",\"value\":\"<hi>\"},{\"key\":\"DEBUG\",\"value\":null}]";
        assertEquals(overrides, overrides(staging.path("applicationOverrides")));
        assertEquals("[]", overrides(staging.path("deploymentOverrides")));
        assertFalse(staging.path("busy").asBoolean(true));
        for (String time : new String[] {"created", "changed", "statusSince"}) {
            long told = staging.path(time).asLong();
            assertTrue(told >= before && told <= System.currentTimeMillis(), time + ' ' + staging);
        }
        for (String nothing : new String[] {"statusReason", "branch", "expires", "staleReason"}) {
            assertTrue(staging.path(nothing).isNull(), nothing + ' ' + staging);
        }
        assertTrue(staging.has("createdBy") && staging.has("changedBy"), staging.toString());

        demo.finished(demo.submit(Kind.MERGE, "a1", "GREETING=bye"));
        JsonNode failed = json(visitor, "job/demo/job/a1/2/");
        assertEquals("UPDATE", failed.path("action").asText());
        assertEquals(3, failed.path("exitCode").asInt());
        assertTrue(failed.path("reason").asText().endsWith("out of space"), failed.toString());
        assertEquals(overrides.replace("<hi>", "bye"), overrides(failed.path("applicationOverrides")));
        assertEquals(overrides, overrides(json(visitor, "job/demo/job/a1/1/").path("applicationOverrides")));

        String xml = visitor.get("job/demo/job/a1/api/xml").body();
        assertTrue(xml.contains("<key>GREETING</key><value>bye</value>"), xml);
        assertTrue(xml.contains("<url>https://a1.example.com/?a=1&amp;b=2</url>"), xml);
        JsonNode tree = json(visitor, "job/demo/", "?tree=jobs[name,status,links[url]]");
        assertEquals("Running", tree.path("jobs").path(0).path("status").asText());
    }

    private static JsonNode json(Visitor visitor, String url) throws Exception {
        return json(visitor, url, "");
    }

    private static JsonNode json(Visitor visitor, String url, String query) throws Exception {
        return new ObjectMapper().readTree(visitor.get(url + "api/json" + query).body());
    }

    private static String overrides(JsonNode list) {
        StringBuilder all = new StringBuilder();
        list.forEach(entry -> all.append(all.isEmpty() ? "" : ",")
                .append("{\"key\":")
                .append(entry.path("key"))
                .append(",\"value\":")
                .append(entry.path("value"))
                .append('}'));
        return "[" + all + "]";
    }
}
