package io.jenkins.plugins.octopod.scripts;

import hudson.FilePath;
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
import org.apache.commons.io.FileUtils;

/** On the agent, the directory with the files that scripts are given. Its owner’s alone, and removed when it is closed. */
final class SecretDirectory implements AutoCloseable {

    /** How directories are called that belong to scripts which were asked, and to nobody when an agent connects. */
    static final String ASKED = "asked-";

    private final File directory;
    private final Map<String, String> variables;

    private SecretDirectory(File directory, Map<String, String> variables) {
        this.directory = directory;
        this.variables = variables;
    }

    /** For scripts that are asked, below the agent’s own directory. */
    static SecretDirectory ofAsked(File agentRoot, SentSecrets secrets) throws IOException, InterruptedException {
        return make(new File(new File(agentRoot, DurableScript.DIRECTORIES), ASKED + UUID.randomUUID()), secrets);
    }

    /** Makes it where there is a file to be put into it. */
    static SecretDirectory make(File directory, SentSecrets secrets) throws IOException, InterruptedException {
        Map<String, String> variables = new LinkedHashMap<>(secrets.variables());
        SecretDirectory made = new SecretDirectory(directory, variables);
        if (secrets.files().isEmpty()) {
            return made;
        }
        try {
            Files.createDirectories(directory.getParentFile().toPath());
            Files.createDirectory(directory.toPath(), only("rwx------"));
            int number = 0;
            for (SecretFile file : secrets.files()) {
                // Files of the same name don’t meet.
                Path own =
                        Files.createDirectory(directory.toPath().resolve(String.valueOf(++number)), only("rwx------"));
                variables.put(file.variable(), put(file, own).toString());
            }
            return made;
        } catch (IOException | InterruptedException | RuntimeException e) {
            made.close();
            throw e;
        }
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

    /** All that scripts are given, paths of files among them. */
    Map<String, String> variables() {
        return variables;
    }

    @Override
    public void close() throws IOException {
        FileUtils.deleteDirectory(directory);
    }
}
