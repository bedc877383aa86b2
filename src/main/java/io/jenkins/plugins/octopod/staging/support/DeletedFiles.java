package io.jenkins.plugins.octopod.staging.support;

import hudson.Util;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Computer;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Deletes directories of stagings in two steps. First, the directory is moved atomically to a directory of the project
 * from which Jenkins loads no items. Then its files are deleted. This is retried, also after the next start, because
 * another process might have a file open.
 */
@Restricted(NoExternalUse.class)
public final class DeletedFiles {

    /** Name of a directory in the project’s directory. */
    static final String DIRECTORY = "deleted-stagings";

    private static final Logger LOGGER = Logger.getLogger(DeletedFiles.class.getName());
    private static final int RETRY_SECONDS = 10;

    /** Name of a file in a staging’s directory. */
    private static final String CLEANED_UP = "cleaned-up";

    /** Files that Jenkins needs to load a staging that is cleaned up, in the order in which they are deleted. */
    private static final List<String> LAST = List.of("observed.xml", CLEANED_UP, "config.xml");

    private DeletedFiles() {}

    /**
     * Deletes the directory of a staging. If the directory can be moved, it is gone when this returns. Otherwise its
     * files are deleted in place, {@code config.xml} last, so that the staging still exists after a restart until all
     * other files are deleted.
     *
     * @param project directory of the project
     * @param staging directory of the staging
     * @throws IOException if the directory can be neither moved nor deleted
     */
    @ModuleInternal
    public static void delete(Path project, Path staging) throws IOException {
        if (isMissing(staging)) {
            return;
        }
        Path target;
        try {
            target = Files.createDirectories(project.resolve(DIRECTORY))
                    .resolve(staging.getFileName() + "-" + UUID.randomUUID());
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> staging + " can't be moved, so it is deleted where it is");
            deleteInPlace(staging);
            return;
        }
        delete(target);
    }

    private static void deleteInPlace(Path staging) throws IOException {
        File[] files = staging.toFile().listFiles((parent, name) -> !LAST.contains(name));
        for (File file : files == null ? new File[0] : files) {
            Util.deleteRecursive(file);
        }
        for (String name : LAST) {
            Files.deleteIfExists(staging.resolve(name));
        }
        Util.deleteRecursive(staging.toFile());
    }

    /** Records that a staging was cleaned up, and that only its files remain to be deleted. */
    @ModuleInternal
    public static void markCleanedUp(Path staging) {
        try {
            Files.write(staging.resolve(CLEANED_UP), new byte[0]);
        } catch (IOException e) {
            // If the files can’t be deleted either, the staging is cleaned up again after a restart.
            LOGGER.log(Level.FINE, e, () -> "That it is cleaned up can't be stored in " + staging);
        }
    }

    /** Returns whether the staging is recorded as cleaned up. If that can’t be determined, it is cleaned up again. */
    @ModuleInternal
    public static boolean isCleanedUp(Path staging) {
        return Files.exists(staging.resolve(CLEANED_UP));
    }

    /**
     * Returns whether a path doesn’t exist. A path that can’t be read isn’t missing, unlike in {@link Files#exists}.
     */
    private static boolean isMissing(Path path) {
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
            return false;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void delete(Path moved) {
        // If the project was renamed, the directory is in another place, and the next start finds it there.
        if (isMissing(moved)) {
            return;
        }
        try {
            Util.deleteRecursive(moved.toFile());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The files of a deleted staging can't be deleted yet: " + moved);
            Runnable again = () -> Computer.threadPoolForRemoting.submit(() -> delete(moved));
            Timer.get().schedule(again, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Deletes the directories that are left from before this start, on another thread. */
    @Initializer(after = InitMilestone.JOB_LOADED)
    public static void deleteLeftovers() {
        for (OctopodProject project : Jenkins.get().allItems(OctopodProject.class)) {
            Path root = project.getRootDir().toPath().resolve(DIRECTORY);
            if (Files.isDirectory(root)) {
                Computer.threadPoolForRemoting.submit(() -> deleteAllIn(root));
            }
        }
    }

    private static void deleteAllIn(Path root) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(root)) {
            left.forEach(DeletedFiles::delete);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Files of deleted stagings can't be looked for in " + root);
        }
    }
}
