package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.cli.CLICommandInvoker;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Tests a cleanup whose files can't be deleted at once. A mounted directory stands for a file that another process has open. */
@WithSharedJenkins
class UndeletableFilesTest {

    @TempDir
    private Path directory;

    private TestProject demo;
    private Staging staging;
    private Path files;

    @BeforeEach
    void archive(JenkinsRule jenkins) throws Exception {
        demo = TestProject.withScripts(jenkins, new ScriptDirectory(directory.resolve("scripts")).path());
        demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
        staging = demo.staging("a1");
        files = staging.getRootDir().toPath();
    }

    @Test
    void theStagingIsGoneAtOnceAndItsFilesOnceTheyCanBe() throws Exception {
        FullDisk disk = FullDisk.mount(files.resolve("builds/1/mounted"));
        Path moved = null;
        try {
            demo.submit(Kind.CLEANUP, "a1");
            TestProject.await("the staging to be gone", () -> demo.staging("a1") == null ? true : null);
            assertFalse(Files.exists(files));
            moved = onlyOneMoved();
            assertTrue(Files.exists(moved.resolve("builds/1/mounted")));
            StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
            assertEquals(1, run.getNumber());
            assertEquals(
                    List.of("1"),
                    TestProject.files(files.resolve("builds")).stream()
                            .filter("1"::equals)
                            .toList());
        } finally {
            (moved == null ? disk : new FullDisk(moved.resolve("builds/1/mounted"))).close();
        }
        Path gone = moved;
        TestProject.await("the files to be deleted", () -> Files.exists(gone) ? null : true);
        assertNotNull(demo.staging("a1"));
    }

    @Test
    void aStagingWhoseDirectoryCannotBeMovedSaysWhyItIsStillThere(JenkinsRule jenkins) throws Exception {
        Path go = directory.resolve("go");
        new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.CLEANUP, "while ! test -e '" + go + "'; do sleep 0.1; done");
        CompletableFuture<CLICommandInvoker.Result> command;
        try (FullDisk elsewhere = FullDisk.mount(moved())) {
            assertTrue(Files.isDirectory(elsewhere.directory()));
            try (FullDisk disk = FullDisk.mount(files.resolve("builds/1/mounted"))) {
                assertTrue(Files.isDirectory(disk.directory()));
                command = CompletableFuture.supplyAsync(() -> new CLICommandInvoker(jenkins, "octopod-cleanup")
                        .invokeWithArgs("-p", "demo", "-n", "a1", "--wait"));
                // The run has it open, and so has the command.
                TestProject.await(
                        "the command to open the log",
                        () -> openLogs().stream()
                                                .filter(path -> path.endsWith("log"))
                                                .count()
                                        == 2
                                ? true
                                : null);
                Files.createFile(go);
                String sentence = TestProject.await("the first try to fail", () -> staging.undeletableSentence());
                assertTrue(sentence.startsWith("Its files can’t be deleted yet: "), sentence);
                assertTrue(sentence.endsWith(". Jenkins tries again every ten seconds."), sentence);
                RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.UPDATE, "a1"));
                assertEquals("The staging “a1” is being cleaned up. " + sentence, refusal.getMessage());
                String page = jenkins.createWebClient()
                        .withJavaScriptEnabled(false)
                        .getPage(staging)
                        .asNormalizedText();
                assertTrue(page.contains("Its files can’t be deleted yet"), page);
                TestProject.await(
                        "the command to close the log", () -> openLogs().isEmpty() ? true : null);
                assertFalse(command.isDone());
            }
            TestProject.await("the staging to be gone", () -> demo.staging("a1") == null ? true : null);
        }
        assertFalse(Files.exists(files));
        CLICommandInvoker.Result result = command.get(60, TimeUnit.SECONDS);
        assertEquals(0, result.returnCode(), result.stderr());
        assertTrue(result.stdout().endsWith("Finished: SUCCESS\n"), result.stdout());
    }

    /** Stands for a plugin that forbids a deletion for a while. */
    private static final class Forbidding extends ItemListener {

        private final CountDownLatch asked = new CountDownLatch(1);

        @Override
        public void onCheckDelete(Item item) {
            if (item instanceof Staging && asked.getCount() > 0) {
                asked.countDown();
                throw new Failure("not now");
            }
        }
    }

    @Test
    void aStagingIsDeletedOnceNoPluginForbidsThat(JenkinsRule jenkins) throws Exception {
        Forbidding plugin = new Forbidding();
        ExtensionList<ItemListener> listeners = jenkins.jenkins.getExtensionList(ItemListener.class);
        listeners.add(plugin);
        try {
            demo.submit(Kind.CLEANUP, "a1");
            String sentence = TestProject.await("the first try to fail", staging::undeletableSentence);
            assertTrue(sentence.contains("not now"), sentence);
            TestProject.await("the staging to be gone", () -> demo.staging("a1") == null ? true : null);
        } finally {
            listeners.remove(plugin);
        }
    }

    private Path moved() {
        return demo.project.getRootDir().toPath().resolve("deleted-stagings");
    }

    private Path onlyOneMoved() {
        List<String> names = TestProject.files(moved());
        assertEquals(1, names.size(), names.toString());
        return moved().resolve(names.get(0));
    }

    /** The logs of this staging that this process has open. */
    private List<Path> openLogs() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(UndeletableFilesTest::target)
                    .filter(path -> path.startsWith(files))
                    .toList();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return descriptor; // It was closed meanwhile.
        }
    }
}
