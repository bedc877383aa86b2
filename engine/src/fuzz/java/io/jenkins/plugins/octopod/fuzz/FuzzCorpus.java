package io.jenkins.plugins.octopod.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * The inputs that are kept for the fuzz targets of a build: a directory for each target, which has the full name of its class, and in it a
 * file for each input. They are replayed without Jazzer, so that this needs no native library and no agent in the process.
 */
public final class FuzzCorpus {

    /** In bytes, of all the files of a build. */
    private static final long MAX_SIZE = 200_000;

    private static final Path DIRECTORY = Path.of("src/test/fuzz");
    private static final Path SOURCES = Path.of("src/test/java");

    private FuzzCorpus() {}

    /** A test for each input of each target, and one for the empty input. */
    public static Stream<DynamicNode> replay() throws IOException {
        return children(DIRECTORY).stream().map(FuzzCorpus::container);
    }

    private static DynamicNode container(Path directory) {
        try {
            String target = directory.getFileName().toString();
            MethodHandle handle = MethodHandles.publicLookup()
                    .findStatic(
                            Class.forName(target),
                            "fuzzerTestOneInput",
                            MethodType.methodType(void.class, byte[].class));
            Stream<DynamicNode> kept = children(directory).stream()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString(),
                            file.toUri(),
                            () -> handle.invoke(Files.readAllBytes(file))));
            DynamicTest empty = DynamicTest.dynamicTest("nothing", () -> handle.invoke(new byte[0]));
            return DynamicContainer.dynamicContainer(target, Stream.concat(Stream.of(empty), kept));
        } catch (ReflectiveOperationException | IOException e) {
            throw new AssertionError(directory + " has no target: ", e);
        }
    }

    /** Fails if a target has no directory, a directory has no input, or all files together are too large. */
    public static void assertComplete() throws IOException {
        Set<String> targets;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            targets = files.map(file -> SOURCES.relativize(file).toString())
                    .filter(file -> file.endsWith("Fuzz.java"))
                    .map(file -> file.replaceAll("\\.java$", "").replaceAll("[/\\\\]", "."))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        Set<String> kept = new TreeSet<>();
        long size = 0;
        for (Path directory : children(DIRECTORY)) {
            List<Path> inputs = children(directory);
            if (!inputs.isEmpty()) {
                kept.add(directory.getFileName().toString());
            }
            for (Path input : inputs) {
                size += Files.size(input);
            }
        }
        assertEquals(targets, kept, "each target has inputs, and all inputs have a target");
        assertEquals(size, Math.min(size, MAX_SIZE), "bytes of all inputs");
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        }
    }
}
