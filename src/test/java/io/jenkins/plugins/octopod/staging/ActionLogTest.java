package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log tells the streams apart, and is whole after a crash. */
class ActionLogTest {

    private static final byte[] NOTHING = {};

    @TempDir
    private Path directory;

    private File log;
    private File index;

    @BeforeEach
    void name() {
        log = directory.resolve("log").toFile();
        index = directory.resolve(ActionLog.INDEX_FILE).toFile();
    }

    @Test
    void linesOfStderrAreMarked() throws IOException {
        try (ActionLog writer = ActionLog.open(log, index, ConsoleFilters.NONE)) {
            writer.notes().write(bytes("Started\n"));
            writer.append(bytes("one\ntw"), NOTHING, false);
            writer.append(NOTHING, bytes("bad\nwor"), false);
            writer.append(NOTHING, bytes("se\n"), false);
            writer.append(bytes("o\n"), NOTHING, true);
            writer.notes().write(bytes("Ended\n"));
        }
        assertEquals("Started\none\ntw\n[stderr] bad\n[stderr] worse\no\nEnded\n", Files.readString(log.toPath()));
        assertEquals("one\ntwo\n", recorded(LogStream.STDOUT));
        assertEquals("bad\nworse\n", recorded(LogStream.STDERR));
        assertEquals("Started\n\nEnded\n", recorded(LogStream.NOTES));
    }

    @Test
    void lineThatAnotherStreamCutsInTwo() throws IOException {
        try (ActionLog writer = ActionLog.open(log, index, ConsoleFilters.NONE)) {
            writer.append(NOTHING, bytes("abc"), false);
            writer.append(bytes("x\n"), NOTHING, false);
            writer.append(NOTHING, bytes("def\ng"), false);
            writer.notes().write(bytes("Noted\n"));
            writer.append(bytes("y"), bytes("hi"), false);
            writer.append(NOTHING, bytes("j\n"), false);
            writer.append(bytes("z\n"), NOTHING, true);
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
        try (ActionLog writer = ActionLog.open(log, index, ConsoleFilters.NONE)) {
            writer.append(bytes("[stderr] is printed to stdout\n"), bytes("[stderr] twice\n"), true);
        }
        assertEquals("[stderr] is printed to stdout\n", recorded(LogStream.STDOUT));
        assertEquals("[stderr] twice\n", recorded(LogStream.STDERR));
    }

    @Test
    void charactersThatComeInPieces() throws IOException {
        byte[] text = bytes("é€😀\n");
        try (ActionLog writer = ActionLog.open(log, index, ConsoleFilters.NONE)) {
            for (byte b : text) {
                writer.append(new byte[] {b}, NOTHING, false);
            }
            assertEquals(text.length, writer.stdoutTaken());
            assertTrue(!writer.isUndecodable());
        }
        assertEquals("é€😀\n", recorded(LogStream.STDOUT));
    }

    @Test
    void unfinishedCharacterAtTheEnd() throws IOException {
        try (ActionLog writer = ActionLog.open(log, index, ConsoleFilters.NONE)) {
            writer.append(new byte[] {'a', (byte) 0xC3}, NOTHING, false);
            writer.append(NOTHING, NOTHING, true);
            assertTrue(writer.isUndecodable());
        }
        assertEquals("a\uFFFD", recorded(LogStream.STDOUT));
    }

    @Test
    void noteAfterAReopenBeginsALine() throws IOException {
        try (ActionLog writer = ActionLog.open(log, index, ConsoleFilters.NONE)) {
            writer.append(bytes("half"), NOTHING, false);
        }
        try (ActionLog writer = ActionLog.open(log, index, ConsoleFilters.NONE)) {
            writer.notes().write(bytes("Resumed\n"));
            writer.append(bytes(" a line\n"), NOTHING, true);
        }
        assertEquals("half\nResumed\n a line\n", Files.readString(log.toPath()));
        assertEquals("half a line\n", recorded(LogStream.STDOUT));
    }

    @Test
    void goesOnWhereItWasAfterACrashAnywhere() throws IOException {
        try (ActionLog writer = ActionLog.open(log, index, ConsoleFilters.NONE)) {
            writer.notes().write(bytes("Started\n"));
            writer.append(bytes("one\n"), bytes("bad\n"), false);
            writer.append(NOTHING, bytes("wor"), false);
            writer.append(bytes("two\nthr"), NOTHING, false);
            writer.append(NOTHING, bytes("se\nwo"), false);
            writer.append(NOTHING, bytes("r"), false);
        }
        byte[] wholeLog = Files.readAllBytes(log.toPath());
        byte[] wholeIndex = Files.readAllBytes(index.toPath());
        byte[] stdout = bytes("one\ntwo\nthree\n");
        byte[] stderr = bytes("bad\nworse\nworst\n");
        for (int cut = 0; cut <= wholeIndex.length; cut++) {
            Files.write(log.toPath(), wholeLog);
            Files.write(log.toPath(), bytes("half a piece"), StandardOpenOption.APPEND);
            Files.write(index.toPath(), java.util.Arrays.copyOf(wholeIndex, cut));
            try (ActionLog writer = ActionLog.open(log, index, ConsoleFilters.NONE)) {
                writer.append(rest(stdout, writer.stdoutTaken()), rest(stderr, writer.stderrTaken()), true);
            }
            assertEquals("one\ntwo\nthree\n", recorded(LogStream.STDOUT), "cut at " + cut);
            assertEquals("bad\nworse\nworst\n", recorded(LogStream.STDERR), "cut at " + cut);
        }
    }

    private static byte[] rest(byte[] all, long taken) {
        return java.util.Arrays.copyOfRange(all, (int) taken, all.length);
    }

    private String recorded(LogStream stream) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new RecordedOutput(log, index).copyTo(stream, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
