package io.jenkins.plugins.octopod.engine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Directories of real scripts: one that keeps the contract, and that one with one thing spoiled. Most of a test is waiting. */
@Execution(ExecutionMode.CONCURRENT)
class BenchTest {
    /** The processes that {@link #assertNothingSleeps} counts, whichever test has started them. */
    private static final String SLEEPERS = "sleepers";

    @TempDir
    Path directory;

    private GoodScripts scripts;
    private String printed;

    @BeforeEach
    void writeGoodScripts() throws IOException {
        scripts = new GoodScripts(directory);
    }

    @Test
    void goodScriptsPass() throws Exception {
        assertEquals(0, bench(), () -> printed);
        assertTrue(printed.contains("All scripts keep the contract."), printed);
        assertFalse(printed.matches("(?s).*(FAIL|\u001b).*"), () -> "with a failure, or with colors: " + printed);
        assertStateIsEmpty();
    }

    @Test
    void theLifeHasItsOrder() throws Exception {
        bench();
        List<String> titles = printed.lines()
                .filter(line -> line.startsWith("  ok    "))
                .map(line -> line.substring(8).split(" {2,}")[0])
                .takeWhile(title -> !title.startsWith("nothing left"))
                .toList();
        assertEquals(
                List.of(
                        "init",
                        "deployment_config",
                        "deployment_config_keys",
                        "tags",
                        "application_config",
                        "application_config_keys",
                        "config_check",
                        "check before create",
                        "create",
                        "check after create",
                        "archive_check while running",
                        "info",
                        "update",
                        "check after update",
                        "archive",
                        "archive_check after archive",
                        "check after archive",
                        "unarchive",
                        "check after unarchive",
                        "archive again",
                        "archive_check after archive again",
                        "cleanup"),
                titles);
    }

    @Test
    void overridesReachTheScripts() throws Exception {
        scripts.replace("application_config", "echo MOTTO,default");
        scripts.replace("application_config_keys", "echo MOTTO");
        scripts.replace("config_check", "exit 0");
        scripts.replace("check", "exit 1");
        scripts.replace("create", "for a; do echo \"[$a]\"; done > \"$state/../arguments\"; exit 1");
        bench("-o", "image.tag=v 2", "-o", "new=1", "-e", "MOTTO=", "--name", "orange", "--project-name", "shop");
        assertEquals(
                List.of(
                        "[--project-name]",
                        "[shop]",
                        "[--base-domain]",
                        "[localhost]",
                        "[--namespace]",
                        "[bench]",
                        "[--name]",
                        "[orange]",
                        "[--application-config]",
                        "[MOTTO=]",
                        "[--deployment-config]",
                        "[image.tag=v 2]",
                        "[--deployment-config]",
                        "[new=1]"),
                Files.readAllLines(directory.resolve("arguments")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init",
                "info",
                "config_check",
                "unarchive",
                "deployment_config_keys",
                "application_config_keys",
                "tags",
                "notifications"
            })
    void optionalScriptsMayBeMissing(String script) throws Exception {
        Files.deleteIfExists(scripts.directory().resolve(script));
        assertEquals(0, bench(), () -> printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "update", "archive", "check", "cleanup", "archive_check"})
    void requiredScriptsMustBeThere(String script) throws Exception {
        scripts.remove(script);
        assertBroken(script, "“" + script + "” is missing, and every directory of control scripts needs it");
        assertFalse(Files.exists(scripts.state().resolve("running")), "nothing was run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "info", "notifications"})
    void scriptsMustBeExecutable(String script) throws Exception {
        scripts.replace(script, "exit 0");
        Path file = scripts.directory().resolve(script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertBroken(script, "“" + script + "” isn’t executable: run “chmod +x '" + file + "'”.");
    }

    @Test
    void checkMustSayNoBeforeCreate() throws Exception {
        scripts.lifecycle("check", "exit 0");
        scripts.lifecycle("cleanup", "touch \"$state/cleaned\"");
        assertBroken("check", "“check” says yes before “create” has run.");
        assertFalse(Files.exists(scripts.state().resolve("cleaned")), "somebody may need the staging of that name");
    }

    @Test
    void checkMustSayNoAfterArchive() throws Exception {
        scripts.lifecycle("check", "[ -e \"$state/pid\" ]");
        assertBroken("check", "“check” says yes although the staging is archived: it must exit with 1");
        assertStateIsEmpty();
    }

    @Test
    void archiveCheckMustSayNoWhileRunning() throws Exception {
        scripts.lifecycle("archive_check", "exit 0");
        assertBroken("archive_check", "“archive_check” says yes while the staging runs");
        assertStateIsEmpty();
    }

    @Test
    void archiveCheckMustSayYesInTheEnd() throws Exception {
        scripts.lifecycle("archive_check", "exit 7");
        assertBroken(
                "archive_check",
                "after “archive” (it exits with 7). It must exit with 0 as soon as “archive” has taken effect");
        assertStateIsEmpty();
    }

    @Test
    void checkMustSayYesInTheEnd() throws Exception {
        scripts.lifecycle("check", "echo 'no pods yet' >&2", "exit 2");
        assertBroken(
                "check", "after “create” (it exits with 2). It must exit with 0 as soon as “create” has taken effect");
        assertTrue(printed.contains("no pods yet"), printed);
        assertStateIsEmpty();
    }

    @Test
    void checkMayTakeItsTime() throws Exception {
        scripts.lifecycle(
                "check",
                "[ -e \"$state/running\" ] || exit 1",
                "[ -e \"$state/asked\" ] || { touch \"$state/asked\"; exit 2; }");
        assertEquals(0, bench(), () -> printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment_config", "application_config"})
    void configurationsMustBeCsv(String script) throws Exception {
        scripts.replace(script, "echo 'image.tag=latest'");
        assertBroken(script, "“" + script + "” printed has 1 column where two are expected");
        assertFalse(printed.contains("check before create"), "there is nothing to create without a configuration");
    }

    @Test
    void linksAndTagsMustBeCsv() throws Exception {
        scripts.replace("tags", "echo 'v1,first,last'");
        assertBroken("tags", "“tags” printed has 3 columns where at most two are expected");
        scripts.remove("tags");
        scripts.lifecycle("info", "echo 'app,\"https://open'");
        assertBroken("info", "What “info” printed isn’t CSV");
        assertStateIsEmpty();
    }

    @Test
    void aLinkThatCannotBeFollowedIsNoted() throws Exception {
        scripts.lifecycle("info", "echo app,bench.example.com");
        assertEquals(0, bench(), () -> printed);
        assertTrue(flat().contains("“bench.example.com” isn’t an http or https address"), printed);
    }

    @Test
    void createMustSucceed() throws Exception {
        scripts.lifecycle("create", "touch \"$state/half\"", "echo 'no such image' >&2", "exit 3");
        assertBroken("create", "“create” exited with 3, but only 0 means success.");
        assertTrue(printed.contains("no such image"), printed);
        assertTrue(printed.contains("$ '" + scripts.directory() + "/create' --project-name bench"), printed);
        assertTrue(printed.contains("exit code 3"), printed);
        assertTrue(printed.contains("cleanup, to tidy up"), printed);
        assertStateIsEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"init", "update", "unarchive", "archive", "cleanup", "config_check"})
    void othersMustSucceedToo(String script) throws Exception {
        scripts.replace(script, "exit 1");
        assertBroken(script, "“" + script + "” exited with 1, but only 0 means success.");
    }

    @Test
    void argumentsMustBeUnderstood() throws Exception {
        scripts.replace("update", "echo \"update: unrecognized option '$1'\" >&2", "exit 2");
        assertBroken(
                "update",
                "It doesn’t seem to understand its arguments. It must accept --project-name P --base-domain D");
        assertStateIsEmpty();
    }

    @Test
    void aNoThatIsAUsageErrorIsNoAnswer() throws Exception {
        scripts.replace("archive_check", "echo 'usage: archive_check NAME' >&2", "exit 2");
        assertBroken("archive_check", "It doesn’t seem to understand its arguments.");
    }

    @Test
    void aCommandThatIsNotThereIsExplained() throws Exception {
        scripts.lifecycle("update", "no-such-helm upgrade");
        assertBroken("update", "exited with 127");
        assertTrue(flat().contains("a command in it that isn’t on the PATH"), printed);
    }

    @Test
    @ResourceLock(SLEEPERS)
    void aScriptThatHangsIsKilled() throws Exception {
        scripts.lifecycle("update", "sleep 98765");
        assertBroken(
                "update",
                ", and was killed with all processes that it had started. It doesn’t have to wait until the staging is ready");
        assertStateIsEmpty();
    }

    @Test
    @ResourceLock(SLEEPERS)
    void nothingMayBeLeftAfterCleanup() throws Exception {
        scripts.lifecycle("archive", "rm -f \"$state/running\"");
        assertBroken("cleanup", "After “cleanup” these processes still run: “");
        assertTrue(flat().contains(") of “create”"), printed);
        assertTrue(flat().contains(") of “unarchive”"), printed);
        assertTrue(flat().contains("End them in “archive” or “cleanup”"), printed);
        assertNothingSleeps();
    }

    @Test
    @ResourceLock(SLEEPERS)
    void checkMayLeaveNoProcess() throws Exception {
        scripts.lifecycle("check", "sleep 98764 >/dev/null 2>&1 &", "[ -e \"$state/running\" ]");
        assertBroken("check", "“check” has ended but left a process running: “");
        assertNothingSleeps();
        assertStateIsEmpty();
    }

    @Test
    void outputThatIsNoUtf8IsNoted() throws Exception {
        scripts.lifecycle("update", "printf '\\377\\n'");
        assertEquals(0, bench(), () -> printed);
        assertTrue(printed.contains("Note: What it prints isn’t UTF-8"), printed);
    }

    @Test
    void hostileOutputSpoilsNeitherTheTerminalNorTheXml() throws Exception {
        scripts.lifecycle(
                "update",
                "printf '\\001\\033[31m]]>&<\\000\\r\\n\\302\\205\\355\\240\\200\\357\\277\\277' >&2; exit 1");
        Path file = directory.resolve("findings.xml");
        assertEquals(1, bench("--junit-xml", file.toString()));
        assertFalse(printed.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n'), printed);
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        Element suite = document.getDocumentElement();
        assertEquals("testsuite", suite.getTagName());
        NodeList cases = suite.getElementsByTagName("testcase");
        assertEquals(String.valueOf(cases.getLength()), suite.getAttribute("tests"));
        assertEquals("1", suite.getAttribute("failures"));
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertTrue(failure.getAttribute("message").startsWith("“update” exited with 1"));
        Element failed = (Element) failure.getParentNode();
        assertEquals("update", failed.getAttribute("classname"));
        assertTrue(failed.getTextContent().contains("]]>&<"), failed.getTextContent());
    }

    @Test
    void aTerminalSeesWhatIsBeingDone() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        assertEquals(
                0,
                Bench.run(
                        out,
                        out,
                        OutputStyle.PROGRESS_AND_COLORS,
                        scripts.directory().toString()));
        String seen = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(seen.contains("\r\u001b[K  ..    create"), seen);
        assertTrue(seen.contains("\u001b[32mok  \u001b[0m"), seen);
    }

    @Test
    void onlyATerminalGetsControlCharacters() {
        assertEquals(OutputStyle.PLAIN, OutputStyle.of(false, null));
        assertEquals(OutputStyle.PROGRESS_AND_COLORS, OutputStyle.of(true, null));
        assertEquals(OutputStyle.PROGRESS_AND_COLORS, OutputStyle.of(true, ""));
        assertEquals(OutputStyle.PROGRESS, OutputStyle.of(true, "1"));
        assertTrue(OutputStyle.PROGRESS.showsProgress());
        assertFalse(OutputStyle.PROGRESS.hasColors());
    }

    private int bench(String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(scripts.directory().toString(), "--timeout", "2"));
        arguments.addAll(List.of(more));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int status = Bench.run(out, out, OutputStyle.PLAIN, arguments.toArray(String[]::new));
        printed = bytes.toString(StandardCharsets.UTF_8);
        return status;
    }

    /** That the one script is found to break the contract, and no other, and that this is said. */
    private void assertBroken(String script, String remedy) throws InterruptedException {
        assertEquals(1, bench(), () -> printed);
        assertTrue(flat().contains(remedy), printed);
        assertTrue(printed.contains("1 script doesn’t keep the contract: see above what to fix."), printed);
        assertTrue(
                printed.lines().anyMatch(line -> line.matches("  FAIL  " + script + " +doesn’t keep the contract")),
                printed);
    }

    /** What was printed, with the lines that were broken for reading made whole. */
    private String flat() {
        return printed.replaceAll("\\s+", " ");
    }

    private void assertStateIsEmpty() throws IOException {
        try (Stream<Path> files = Files.list(scripts.state())) {
            assertEquals(List.of(), files.toList(), () -> printed);
        }
    }

    private static void assertNothingSleeps() throws InterruptedException {
        long start = System.nanoTime();
        while (sleepers() > 0
                && System.nanoTime() - start < Duration.ofSeconds(5).toNanos()) {
            Thread.sleep(50);
        }
        assertEquals(0, sleepers());
    }

    /** Of this test: processes of other people sleep for other times. */
    private static long sleepers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.endsWith("sleep 98764") || line.endsWith("sleep 98765"))
                        .isPresent())
                .count();
    }
}
