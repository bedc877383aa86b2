package io.jenkins.plugins.octopod.scripts.secrets;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.scripts.durable.OrphanedSecretsCleanup;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.io.FileUtils;

/**
 * Directory on the agent for the secret files that scripts get and for the output of short scripts. Only its owner has
 * access to it. It is removed when this object is closed.
 */
@ModuleInternal
public final class SecretFilesDirectory implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(SecretFilesDirectory.class.getName());

    /** Directory, below the agent’s root, with the directories of all scripts. */
    public static final String DIRECTORIES = "octopod";

    /** Prefix of the directories of short scripts. When an agent connects, all of these are obsolete. */
    public static final String ASKED = "asked-";

    /** Variable with a directory for the scripts’ own temporary files, which is deleted with the secret files. */
    private static final String TEMPORARY = "OCTOPOD_TMPDIR";

    private final File directory;
    private final boolean present;
    private final Map<String, String> variables;

    private SecretFilesDirectory(File directory, boolean present, Map<String, String> variables) {
        this.directory = directory;
        this.present = present;
        this.variables = variables;
    }

    /** Creates the directory for short scripts whose output might be secret, below the agent’s own directory. */
    public static SecretFilesDirectory ofAsked(File agentRoot, RemoteSecrets secrets)
            throws IOException, InterruptedException {
        return make(asked(agentRoot), secrets);
    }

    /** Returns a directory that isn’t created, for short scripts without secrets. */
    public static SecretFilesDirectory ofAskedWithoutSecrets(File agentRoot) {
        return missing(asked(agentRoot));
    }

    private static File asked(File agentRoot) {
        return new File(new File(agentRoot, DIRECTORIES), ASKED + UUID.randomUUID());
    }

    /**
     * Creates the directory for a durable script, within its own directory. Without secrets, no directory is created.
     */
    public static SecretFilesDirectory ofStarted(File directory, RemoteSecrets secrets)
            throws IOException, InterruptedException {
        return secrets.isEmpty() ? missing(directory) : make(directory, secrets);
    }

    private static SecretFilesDirectory missing(File directory) {
        return new SecretFilesDirectory(directory, false, Map.of());
    }

    private static SecretFilesDirectory make(File directory, RemoteSecrets secrets)
            throws IOException, InterruptedException {
        Map<String, String> variables = new LinkedHashMap<>(secrets.variables());
        SecretFilesDirectory secretFiles = new SecretFilesDirectory(directory, true, variables);
        try {
            createPrivate(directory);
            Path temporary = Files.createDirectory(directory.toPath().resolve("tmp"), only("rwx------"));
            variables.put(TEMPORARY, temporary.toString());
            int number = 0;
            for (SecretFile file : secrets.files()) {
                // Each file has its own directory, so that equal names don’t collide.
                Path own =
                        Files.createDirectory(directory.toPath().resolve(String.valueOf(++number)), only("rwx------"));
                variables.put(file.variable(), put(file, own).toString());
            }
            return secretFiles;
        } catch (IOException | InterruptedException | RuntimeException e) {
            secretFiles.close();
            throw e;
        }
    }

    /** Creates a directory that only its owner can access. */
    public static void createPrivate(File directory) throws IOException {
        Files.createDirectories(directory.getParentFile().toPath());
        Files.createDirectory(directory.toPath(), only("rwx------"));
    }

    private static Path put(SecretFile file, Path directory) throws IOException, InterruptedException {
        if (file.archive()) {
            try (InputStream zip = new ByteArrayInputStream(file.content())) {
                new FilePath(directory.toFile()).unzipFrom(zip);
            }
            return directory;
        }
        Path path = directory.resolve(file.name());
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(path, options, only("rw-------"))) {
            var content = java.nio.ByteBuffer.wrap(file.content());
            while (content.hasRemaining()) {
                channel.write(content);
            }
        }
        return path;
    }

    private static FileAttribute<?>[] only(String owner) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? List.of(PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(owner)))
                        .toArray(new FileAttribute<?>[0])
                : new FileAttribute<?>[0];
    }

    /** Returns all variables of the scripts, including paths of files. */
    public Map<String, String> variables() {
        return variables;
    }

    /** Returns the directory for the scripts’ output while they run; null for the system’s default. */
    @CheckForNull
    public Path outputs() {
        return present ? directory.toPath() : null;
    }

    /**
     * Loads the classes that {@link #close} needs, by deleting a directory made for this purpose. The connection from
     * which they are loaded might be lost later.
     */
    public void prepareToClose() throws IOException {
        File rehearsal = new File(directory.getParentFile(), "rehearsal");
        Files.createDirectories(rehearsal.toPath().resolve("directory"));
        Files.createFile(rehearsal.toPath().resolve("file"));
        FileUtils.deleteDirectory(rehearsal);
    }

    /**
     * Deletes the directory. Files that are still open are deleted by {@link OrphanedSecretsCleanup} later, so the
     * script’s result stays valid.
     */
    @Override
    public void close() {
        try {
            FileUtils.deleteDirectory(directory);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The secret files of a script are left in " + directory);
        }
    }
}
