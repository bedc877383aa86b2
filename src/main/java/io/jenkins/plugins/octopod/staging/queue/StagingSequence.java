package io.jenkins.plugins.octopod.staging.queue;

import hudson.util.TextFile;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import java.io.File;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Assigns each staging of a project a sequence number that is never reused. The next number is stored in a file of the
 * project. Therefore no number is repeated after a staging is deleted, Jenkins is restarted, or the project is renamed
 * or moved.
 */
final class StagingSequence {

    private static final Logger LOGGER = Logger.getLogger(StagingSequence.class.getName());
    private static final String FILE = "next-staging-number";

    private StagingSequence() {}

    /**
     * Returns the staging’s number. If it has none yet, or the same number as another staging of the project, it gets a
     * new one.
     *
     * @throws IOException if the new number can’t be stored
     */
    static long of(Staging staging) throws IOException {
        OctopodProject project = staging.getParent();
        synchronized (project) {
            long before = staging.number();
            boolean taken =
                    project.allChildren(Staging.class).anyMatch(other -> other != staging && other.number() == before);
            if (before == 0 || taken) {
                staging.number(next(project));
                try {
                    staging.save();
                } catch (IOException e) {
                    staging.number(before);
                    throw e;
                }
            }
            return staging.number();
        }
    }

    /** Returns the staging with that number, even if the current user may not see it. */
    static Optional<Staging> find(OctopodProject project, long number) {
        return project.allChildren(Staging.class)
                .filter(staging -> staging.number() == number)
                .findFirst();
    }

    /**
     * Returns the next number, and stores that it is taken.
     *
     * @throws IOException if it can’t be stored
     */
    static long next(OctopodProject project) throws IOException {
        synchronized (project) {
            TextFile file = new TextFile(new File(project.getRootDir(), FILE));
            // The file might be lost, or older than the stagings if only a part of a backup was restored.
            long next = Math.max(stored(file), greatest(project) + 1);
            file.write(Long.toString(next + 1));
            return next;
        }
    }

    private static long stored(TextFile file) throws IOException {
        if (!file.exists()) {
            return 1;
        }
        try {
            return Long.parseLong(file.readTrim());
        } catch (NumberFormatException e) {
            LOGGER.log(Level.WARNING, e, () -> "No number is in " + file + "; counting on from the stagings there are");
            return 1;
        }
    }

    private static long greatest(OctopodProject project) {
        return project.allChildren(Staging.class)
                .mapToLong(Staging::number)
                .max()
                .orElse(0);
    }
}
