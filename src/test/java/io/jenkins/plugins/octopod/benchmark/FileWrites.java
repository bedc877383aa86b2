package io.jenkins.plugins.octopod.benchmark;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/** Finds out which files were written: a file that is replaced has another inode. */
final class FileWrites {

    private final Path directory;
    private final Map<Path, String> before;

    private FileWrites(Path directory, Map<Path, String> before) {
        this.directory = directory;
        this.before = before;
    }

    static FileWrites under(Path directory) throws IOException {
        return new FileWrites(directory, look(directory));
    }

    /** How many files are new or others since. */
    long count() throws IOException {
        return look(directory).entrySet().stream()
                .filter(file -> !file.getValue().equals(before.get(file.getKey())))
                .count();
    }

    private static Map<Path, String> look(Path directory) throws IOException {
        Map<Path, String> files = new HashMap<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.put(file, attributes.fileKey() + " " + attributes.lastModifiedTime());
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
