package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own that can be full; only where it may be mounted. */
record FullDisk(Path directory) implements AutoCloseable {

    private static final int MEGABYTES = 4;
    private static final int CHUNK = 4096;

    /** Aborts the test, and says why, where this user may not mount anything. */
    static FullDisk mount(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        boolean mounted = Files.isExecutable(Path.of("/bin/mount"))
                && run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "octopod-test", directory.toString());
        assumeTrue(mounted, "No disk can be filled here: only who may mount a tmpfs can try that.");
        return new FullDisk(directory);
    }

    /** Leaves no byte. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast())) {
            byte[] chunk = new byte[CHUNK];
            while (true) {
                out.write(chunk);
            }
        } catch (IOException e) {
            if (directory.toFile().getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    void free() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return directory.resolve("ballast");
    }

    @Override
    public void close() throws IOException {
        try {
            // Also where somebody still has a file open there.
            run("umount", "--lazy", directory.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.INHERIT)
                        .start()
                        .waitFor()
                == 0;
    }
}
