package io.jenkins.plugins.octopod.pipeline.pullrequest;

import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.octopod.staging.Staging;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** File next to a staging’s {@code config.xml} with the staging’s checks, so that they are updated after a restart. */
final class PublishedChecksFile {

    /** XStream whose stored names don’t depend on names of classes. */
    static final XStream2 XSTREAM = new XStream2();

    private static final Logger LOGGER = Logger.getLogger(PublishedChecksFile.class.getName());
    private static final String NAME = "pull-request-checks.xml";

    static {
        XSTREAM.alias("octopod-pull-request-checks", Content.class);
        XSTREAM.alias("check", PublishedCheck.class);
    }

    /** What is stored. */
    private static final class Content {

        private final List<PublishedCheck> checks;

        Content(List<PublishedCheck> checks) {
            this.checks = new ArrayList<>(checks);
        }
    }

    private PublishedChecksFile() {}

    static boolean exists(Staging staging) {
        return file(staging).exists();
    }

    /** Returns the stored checks; none if there is no file, or it can’t be read. */
    static List<PublishedCheck> read(Staging staging) {
        XmlFile file = file(staging);
        if (!file.exists()) {
            return List.of();
        }
        try {
            if (file.read() instanceof Content content && content.checks != null) {
                return content.checks.stream()
                        .filter(check -> check != null && check.isComplete())
                        .toList();
            }
            throw new IOException("Something is missing in " + file);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The checks of a staging’s pull request can't be read: " + file);
            return List.of();
        }
    }

    /** Writes the checks, unless the staging was deleted. There is no file if there are none. */
    static void write(Staging staging, List<PublishedCheck> checks) {
        XmlFile file = file(staging);
        if (!staging.getRootDir().isDirectory()) {
            return;
        }
        try {
            if (checks.isEmpty()) {
                file.delete();
            } else {
                file.write(new Content(checks));
            }
        } catch (IOException e) {
            // Until the next restart, the checks are in memory.
            LOGGER.log(Level.WARNING, e, () -> "The checks of a staging’s pull request can't be stored: " + file);
        }
    }

    private static XmlFile file(Staging staging) {
        return new XmlFile(XSTREAM, new File(staging.getRootDir(), NAME));
    }
}
