package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.queue.ActionIdCodec;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** An action keeps its id as long as there is anything of it, and no other ever gets it. */
@Tag("jenkins")
class ActionIdCodecTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private final long[] ids = new long[4];

    @Test
    void idsAreForEver() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            StagingRun first = demo.finished(demo.submit(Kind.CREATE, "a1"));
            StagingRun second = demo.finished(demo.submit(Kind.UPDATE, "a1"));
            StagingRun other = demo.finished(demo.submit(Kind.CREATE, "b1"));
            assertEquals(List.of(1_000_001L, 1_000_002L, 2_000_001L), ids(first, second, other));
            assertEquals(Optional.of(second), ActionIdCodec.find(demo.project, 1_000_002));
            assertEquals(Optional.empty(), ActionIdCodec.find(demo.project, 1_000_003));
            assertEquals(Optional.empty(), ActionIdCodec.find(demo.project, 1));
            // The greatest of all, so that only the file knows of it.
            StagingService.forget(demo.staging("b1"));
            demo.project.renameTo("renamed");
        });
        sessions.then(jenkins -> {
            OctopodProject project = jenkins.jenkins.getItemByFullName("renamed", OctopodProject.class);
            assertEquals(
                    2,
                    ActionIdCodec.find(project, 1_000_002).orElseThrow().getNumber(),
                    "after a renaming and a restart");
            assertEquals(Optional.empty(), ActionIdCodec.find(project, 2_000_001));
            project.renameTo("demo");
            TestProject demo = TestProject.again(jenkins);
            StagingRun again = demo.finished(demo.submit(Kind.CREATE, "b1"));
            assertEquals(3_000_001, ActionIdCodec.of(again), "of another staging of that name");
            assertEquals(Optional.empty(), ActionIdCodec.find(project, 2_000_001));
            // As a backup of items without other files brings it back.
            Files.delete(project.getRootDir().toPath().resolve("next-staging-number"));
            assertEquals(4_000_001, ActionIdCodec.of(demo.finished(demo.submit(Kind.CREATE, "c1"))));
            Files.writeString(project.getRootDir().toPath().resolve("next-staging-number"), "many");
            assertEquals(5_000_001, ActionIdCodec.of(demo.finished(demo.submit(Kind.CREATE, "d1"))));
        });
    }

    @Test
    void stagingsFromElsewhereGetTheirOwn() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, scripts.path());
            demo.connectAgent("agent");
            demo.finished(demo.submit(Kind.CREATE, "a1"));
            demo.finished(demo.submit(Kind.CREATE, "b1"));
        });
        Path jobs = sessions.getHome().toPath().resolve("jobs/demo/jobs");
        FileUtils.copyDirectory(
                jobs.resolve("a1").toFile(), jobs.resolve("copy").toFile());
        Path config = jobs.resolve("b1/config.xml");
        String before = Files.readString(config);
        assertTrue(before.contains("<number>2</number>"), before);
        Files.writeString(config, before.replace("<number>2</number>", ""));
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Set<Long> numbers = new HashSet<>();
            int i = 0;
            for (String name : List.of("a1", "b1", "copy")) {
                StagingRun run = demo.staging(name).getLastBuild();
                ids[i] = ActionIdCodec.of(run);
                assertEquals(Optional.of(run), ActionIdCodec.find(demo.project, ids[i]));
                numbers.add(ids[i++]);
            }
            assertEquals(3, numbers.size(), numbers.toString());
            assertNotEquals(2_000_001, ids[1], "one of before there were numbers gets a new one");
        });
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            int i = 0;
            for (String name : List.of("a1", "b1", "copy")) {
                assertEquals(ids[i++], ActionIdCodec.of(demo.staging(name).getLastBuild()), name);
            }
        });
    }

    private static List<Long> ids(StagingRun... runs) throws Exception {
        long[] ids = new long[runs.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ActionIdCodec.of(runs[i]);
        }
        return java.util.Arrays.stream(ids).boxed().toList();
    }
}
