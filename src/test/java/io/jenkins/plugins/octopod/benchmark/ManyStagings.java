package io.jenkins.plugins.octopod.benchmark;

import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A project of thousands of stagings: one was really deployed, the others are copies of its files. */
final class ManyStagings {

    private ManyStagings() {}

    /** Copies the staging until there are so many, and has Jenkins read them. */
    static TestProject fillUp(TestProject project, Staging model, int count) throws Exception {
        fillUp(model.getRootDir().toPath(), count);
        project.jenkins.jenkins.reload();
        return TestProject.again(project.jenkins);
    }

    /** Copies the directory of an item beside itself until there are so many. */
    static void fillUp(Path model, int count) throws IOException {
        Path directory = model.getParent();
        try (Stream<Path> there = Files.list(directory)) {
            for (int i = (int) there.count(); i < count; i++) {
                copy(model, directory.resolve("copy-" + i));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
