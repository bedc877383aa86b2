package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.console.ConsoleLogFilter;
import hudson.console.LineTransformationOutputStream;
import hudson.model.Run;
import io.jenkins.plugins.octopod.scripts.secrets.SecretMask;
import io.jenkins.plugins.octopod.staging.log.ConsoleLogFilterChain;
import io.jenkins.plugins.octopod.staging.log.LogStream;
import io.jenkins.plugins.octopod.staging.log.RunLogReader;
import io.jenkins.plugins.octopod.staging.log.RunLogWriter;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log tells the streams apart, and is whole after a crash. */
class RunLogWriterTest {

    private static final byte[] NOTHING = {};

    @TempDir
    private Path directory;

    private File log;
    private File index;

    @BeforeEach
    void name() {
        log = directory.resolve("log").toFile();
        index = directory.resolve(RunLogWriter.INDEX_FILE).toFile();
    }

    @Test
    void linesOfStderrAreMarked() throws IOException {
        try (RunLogWriter writer = RunLogWriter.open(log, index, ConsoleLogFilterChain.NONE)) {
            writer.notes().write(bytes("Started\n"));
            writer.append(bytes("one\ntw"), NOTHING);
            writer.append(NOTHING, bytes("bad\nwor"));
            writer.append(NOTHING, bytes("se\n"));
            writer.appendLast(bytes("o\n"), NOTHING);
            writer.notes().write(bytes("Ended\n"));
        }
        assertEquals("Started\none\ntw\n[stderr] bad\n[stderr] worse\no\nEnded\n", Files.readString(log.toPath()));
        assertEquals("one\ntwo\n", recorded(LogStream.STDOUT));
        assertEquals("bad\nworse\n", recorded(LogStream.STDERR));
        assertEquals("Started\n\nEnded\n", recorded(LogStream.NOTES));
    }

    @Test
    void interruptedThreadWritesOn() throws IOException {
        Thread.currentThread().interrupt();
        try (RunLogWriter writer = RunLogWriter.open(log, index, ConsoleLogFilterChain.NONE)) {
            writer.append(bytes("one\n"), NOTHING);
            writer.notes().write(bytes("Noted\n"));
            writer.appendLast(bytes("two\n"), NOTHING);
        } finally {
            assertTrue(Thread.interrupted(), "whoever waits next is told");
        }
        assertEquals("one\nNoted\ntwo\n", Files.readString(log.toPath()));
        assertEquals("one\ntwo\n", recorded(LogStream.STDOUT));
    }

    @Test
    void lineThatAnotherStreamCutsInTwo() throws IOException {
        try (RunLogWriter writer = RunLogWriter.open(log, index, ConsoleLogFilterChain.NONE)) {
            writer.append(NOTHING, bytes("abc"));
            writer.append(bytes("x\n"), NOTHING);
            writer.append(NOTHING, bytes("def\ng"));
            writer.notes().write(bytes("Noted\n"));
            writer.append(bytes("y"), bytes("hi"));
            writer.append(NOTHING, bytes("j\n"));
            writer.appendLast(bytes("z\n"), NOTHING);
        }
        assertEquals("""
                [stderr] abc
                x
                [stderr] def
                [stderr] g
                Noted
                y
                [stderr] hij
                z
                """, Files.readString(log.toPath()));
        assertEquals("x\nyz\n", recorded(LogStream.STDOUT));
        assertEquals("abcdef\nghij\n", recorded(LogStream.STDERR));
    }

    @Test
    void markOfItsOwnIsKept() throws IOException {
        try (RunLogWriter writer = RunLogWriter.open(log, index, ConsoleLogFilterChain.NONE)) {
            writer.appendLast(bytes("[stderr] is printed to stdout\n"), bytes("[stderr] twice\n"));
        }
        assertEquals("[stderr] is printed to stdout\n", recorded(LogStream.STDOUT));
        assertEquals("[stderr] twice\n", recorded(LogStream.STDERR));
    }

    @Test
    void charactersThatComeInPieces() throws IOException {
        byte[] text = bytes("é€😀\n");
        try (RunLogWriter writer = RunLogWriter.open(log, index, ConsoleLogFilterChain.NONE)) {
            for (byte b : text) {
                writer.append(new byte[] {b}, NOTHING);
            }
            assertEquals(text.length, writer.stdoutTaken());
            assertTrue(!writer.isUndecodable());
        }
        assertEquals("é€😀\n", recorded(LogStream.STDOUT));
    }

    @Test
    void unfinishedCharacterAtTheEnd() throws IOException {
        try (RunLogWriter writer = RunLogWriter.open(log, index, ConsoleLogFilterChain.NONE)) {
            writer.append(new byte[] {'a', (byte) 0xC3}, NOTHING);
            writer.appendLast(NOTHING, NOTHING);
            assertTrue(writer.isUndecodable());
        }
        assertEquals("a\uFFFD", recorded(LogStream.STDOUT));
    }

    @Test
    void noteAfterAReopenBeginsALine() throws IOException {
        try (RunLogWriter writer = RunLogWriter.open(log, index, ConsoleLogFilterChain.NONE)) {
            writer.append(bytes("half"), NOTHING);
        }
        try (RunLogWriter writer = RunLogWriter.open(log, index, ConsoleLogFilterChain.NONE)) {
            writer.notes().write(bytes("Resumed\n"));
            writer.appendLast(bytes(" a line\n"), NOTHING);
        }
        assertEquals("half\nResumed\n a line\n", Files.readString(log.toPath()));
        assertEquals("half a line\n", recorded(LogStream.STDOUT));
    }

    @Test
    void goesOnWhereItWasAfterACrashAnywhere() throws IOException {
        try (RunLogWriter writer = RunLogWriter.open(log, index, ConsoleLogFilterChain.NONE)) {
            writer.notes().write(bytes("Started\n"));
            writer.append(bytes("one\n"), bytes("bad\n"));
            writer.append(NOTHING, bytes("wor"));
            writer.append(bytes("two\nthr"), NOTHING);
            writer.append(NOTHING, bytes("se\nwo"));
            writer.append(NOTHING, bytes("r"));
        }
        byte[] wholeLog = Files.readAllBytes(log.toPath());
        byte[] wholeIndex = Files.readAllBytes(index.toPath());
        byte[] stdout = bytes("one\ntwo\nthree\n");
        byte[] stderr = bytes("bad\nworse\nworst\n");
        for (int cut = 0; cut <= wholeIndex.length; cut++) {
            Files.write(log.toPath(), wholeLog);
            Files.write(log.toPath(), bytes("half a piece"), StandardOpenOption.APPEND);
            Files.write(index.toPath(), Arrays.copyOf(wholeIndex, cut));
            try (RunLogWriter writer = RunLogWriter.open(log, index, ConsoleLogFilterChain.NONE)) {
                writer.appendLast(rest(stdout, writer.stdoutTaken()), rest(stderr, writer.stderrTaken()));
            }
            assertEquals("one\ntwo\nthree\n", recorded(LogStream.STDOUT), "cut at " + cut);
            assertEquals("bad\nworse\nworst\n", recorded(LogStream.STDERR), "cut at " + cut);
        }
    }

    /** Secrets come in pieces, over several lines, and are cut in two by a crash; nothing of them is ever in the log. */
    @Test
    void secretsAreMaskedWhateverTheyAreCutInto() throws IOException {
        SecretMask secretMask = SecretMask.of(
                Pattern.compile(Pattern.quote("first line\nsecond é line") + '|' + Pattern.quote("hunter22")));
        byte[] stdout = bytes("a hunter22 is\nfirst line\nsecond é line\nfirst line\nhunter2\n");
        byte[] stderr = bytes("+ login hunter22\nÿ hunter22");
        // Two bytes that are no characters.
        stderr[stderr.length - " hunter22".length() - 1] = (byte) 0xFF;
        for (int size = 1; size < stdout.length; size++) {
            Files.deleteIfExists(log.toPath());
            Files.deleteIfExists(index.toPath());
            int from = 0;
            while (from < stdout.length) {
                // Each time as after a crash.
                try (RunLogWriter writer = RunLogWriter.open(log, index, ConsoleLogFilterChain.NONE)) {
                    writer.mask(secretMask);
                    for (int pieces = 0; pieces < 3; pieces++) {
                        int to = Math.min(stdout.length, from + size);
                        byte[] newStdout = rest(Arrays.copyOf(stdout, to), writer.stdoutTaken());
                        byte[] newStderr =
                                rest(Arrays.copyOf(stderr, Math.min(stderr.length, to)), writer.stderrTaken());
                        if (to == stdout.length) {
                            writer.appendLast(newStdout, newStderr);
                        } else {
                            writer.append(newStdout, newStderr);
                        }
                        from = to;
                    }
                }
                assertFalse(Files.readString(log.toPath()).contains("hunter22"));
            }
            assertEquals("a **** is\n****\nfirst line\nhunter2\n", recorded(LogStream.STDOUT), "pieces of " + size);
            assertEquals("+ login ****\n\uFFFD\uFFFD ****", recorded(LogStream.STDERR));
        }
    }

    @Test
    void filtersAreGivenWholeLines() throws IOException {
        ConsoleLogFilterChain filters = new ConsoleLogFilterChain(null, List.of(new Numbering()));
        try (RunLogWriter writer = RunLogWriter.open(log, index, filters)) {
            writer.append(bytes("one\ntw"), bytes("bad\n"));
            assertEquals("1 one\n[stderr] 1 bad\n", Files.readString(log.toPath()));
            assertEquals(6, writer.stdoutTaken());
        }
        // As after a crash: what wasn’t a whole line is read again.
        try (RunLogWriter writer = RunLogWriter.open(log, index, filters)) {
            assertEquals(4, writer.stdoutTaken());
            writer.appendLast(bytes("two\nthree\nend"), NOTHING);
        }
        assertEquals("1 one\n1 two\n2 three\n3 end", recorded(LogStream.STDOUT));
        assertEquals("1 bad\n", recorded(LogStream.STDERR));
    }

    /** Puts a number before each line, as a filter may make lines longer or shorter. */
    private static final class Numbering extends ConsoleLogFilter {
        @Override
        public OutputStream decorateLogger(Run build, OutputStream logger) {
            return new LineTransformationOutputStream.Delegating(logger) {
                private int lines;

                @Override
                protected void eol(byte[] line, int length) throws IOException {
                    out.write(bytes(++lines + " "));
                    out.write(line, 0, length);
                }
            };
        }
    }

    private static byte[] rest(byte[] all, long taken) {
        return Arrays.copyOfRange(all, (int) taken, all.length);
    }

    private String recorded(LogStream stream) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new RunLogReader(log, index).copyTo(stream, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
