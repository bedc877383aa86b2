package io.jenkins.plugins.octopod.faults.fortnight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/** What was on Jenkins' disk at some moment: what a Jenkins finds that was killed then, whatever the old one writes later. */
final class DiskState {

    private static final int ATTEMPTS = 50;

    private final Path home;
    private final Path copy;

    DiskState(Path home, Path copy) {
        this.home = home;
        this.copy = copy;
    }

    /** Copies the files of all jobs. A file that is replaced meanwhile is a reason to begin anew. */
    void take() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                FileUtils.deleteDirectory(copy.toFile());
                FileUtils.copyDirectory(home.resolve("jobs").toFile(), copy.toFile());
                return;
            } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
                if (attempt == ATTEMPTS) {
                    throw new IOException(e);
                }
            }
        }
    }

    /** Puts back what was taken, if anything was. */
    void putBack() throws IOException {
        if (Files.isDirectory(copy)) {
            Path jobs = home.resolve("jobs");
            FileUtils.deleteDirectory(jobs.toFile());
            FileUtils.moveDirectory(copy.toFile(), jobs.toFile());
        }
    }
}
