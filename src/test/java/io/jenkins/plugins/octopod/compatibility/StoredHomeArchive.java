package io.jenkins.plugins.octopod.compatibility;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs the files of a JENKINS_HOME that {@link StoredHome} needs. */
final class StoredHomeArchive {

    /** What of a JENKINS_HOME is kept. */
    private static final List<String> KEPT = List.of(
            "config.xml",
            "credentials.xml",
            "fingerprints/",
            "io.jenkins.plugins.octopod.",
            "jobs/",
            "nodes/",
            "org.jenkinsci.plugins.workflow.flow.FlowExecutionList.xml",
            "queue.xml",
            "secrets/hudson.util.Secret",
            "secrets/master.key",
            "users/");

    private StoredHomeArchive() {}

    static void pack(Path home) throws IOException {
        Path target = Path.of("target", StoredHome.ARCHIVE);
        try (OutputStream out = Files.newOutputStream(target);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            add(zip, home, "home/");
            for (String agent : List.of("agent-shop", "agent-cellar")) {
                Path scripts = Path.of(VisibleState.PLACE).resolve(agent).resolve("octopod");
                if (Files.isDirectory(scripts)) {
                    add(zip, scripts, "place/" + agent + "/octopod/");
                }
            }
        }
    }

    private static void add(ZipOutputStream zip, Path root, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !Files.isSymbolicLink(file))
                    .sorted()
                    .toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                boolean kept = !prefix.equals("home/") || KEPT.stream().anyMatch(name::startsWith);
                if (kept) {
                    zip.putNextEntry(new ZipEntry(prefix + name));
                    zip.write(content(file, name));
                    zip.closeEntry();
                }
            }
        }
    }

    /** Without the JDK of this machine, and with agents that whoever reads the home connects in another way. */
    private static byte[] content(Path file, String name) throws IOException {
        if (!name.startsWith("nodes/") && !name.equals("config.xml")) {
            return Files.readAllBytes(file);
        }
        return Files.readString(file)
                .replaceAll("(?s)<jdks>.*?</jdks>", "<jdks/>")
                .replaceAll("(?s)<launcher .*?</launcher>", "<launcher class=\"hudson.slaves.JNLPLauncher\"/>")
                .replaceAll("(?s)<temporaryOfflineCause.*?</temporaryOfflineCause>", "")
                .getBytes(StandardCharsets.UTF_8);
    }
}
