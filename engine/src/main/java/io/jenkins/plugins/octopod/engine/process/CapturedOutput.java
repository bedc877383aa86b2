package io.jenkins.plugins.octopod.engine.process;

import io.jenkins.plugins.octopod.engine.process.ScriptResult.Termination;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;

/** Temporary files for a script's output, of which only the beginning is read. */
final class CapturedOutput implements AutoCloseable {

    /** Size that a file can reach before it is cut. */
    private static final long MAX_FILE_BYTES = 64L << 20;

    private final int limit;
    private final Path directory;
    private final Path stdout;
    private final Path stderr;

    /**
     * Creates the files.
     *
     * @param limit number of bytes of each file that are kept
     * @param parent parent of the files' directory; null for the system's temporary directory
     */
    CapturedOutput(int limit, Path parent) throws IOException {
        this.limit = limit;
        // Output might contain secrets, so only the owner has access to the directory.
        directory =
                parent == null ? Files.createTempDirectory("octopod-") : Files.createTempDirectory(parent, "octopod-");
        stdout = directory.resolve("stdout");
        stderr = directory.resolve("stderr");
        Files.createFile(stdout);
        Files.createFile(stderr);
    }

    Path stdout() {
        return stdout;
    }

    Path stderr() {
        return stderr;
    }

    /**
     * Cuts the files to the part that is read, so that endless output doesn't fill the disk. The script continues at
     * the cut, because the files are opened for appending.
     */
    void shrink() {
        shrink(stdout);
        shrink(stderr);
    }

    private void shrink(Path file) {
        try {
            if (Files.size(file) > Math.max(MAX_FILE_BYTES, 2L * limit)) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(limit + 1L);
                }
            }
        } catch (IOException e) {
            // Windows can refuse this while the script has the file open. The file grows, and the script is read to its
            // end.
            return;
        }
    }

    ScriptResult result(Termination termination, int exitCode, Duration duration) throws IOException {
        Kept out = read(stdout);
        Kept err = read(stderr);
        return new ScriptResult(
                termination,
                exitCode,
                new ScriptResult.Output(
                        out.text, err.text, out.truncated || err.truncated, out.undecodable || err.undecodable),
                duration);
    }

    private Kept read(Path file) throws IOException {
        byte[] bytes;
        boolean truncated;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(limit);
            truncated = bytes.length == limit && in.read() >= 0;
        }
        // UTF-8 text never has more characters than bytes. A character that the limit cuts isn't an error.
        CharBuffer characters = CharBuffer.allocate(bytes.length);
        boolean undecodable = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), characters, !truncated)
                .isError();
        String text = undecodable
                ? new String(bytes, StandardCharsets.UTF_8)
                : characters.flip().toString();
        return new Kept(text, truncated, undecodable);
    }

    @Override
    public void close() {
        for (Path path : Arrays.asList(stdout, stderr, directory)) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                // On Windows, a child that outlives the script can keep the file open. It remains in the temporary
                // directory.
                continue;
            }
        }
    }

    private record Kept(String text, boolean truncated, boolean undecodable) {}
}
