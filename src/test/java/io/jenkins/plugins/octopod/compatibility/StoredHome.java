package io.jenkins.plugins.octopod.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A JENKINS_HOME that an earlier state of the plugin has written, with the files of the script that ran meanwhile on its
 * agent: {@code stored-home.zip}. Beside it, {@code stored-home.json} is what was visible then. {@link StoredHomeWriter}
 * makes both.
 */
final class StoredHome {

    static final String ARCHIVE = "stored-home.zip";
    static final String STATE = "stored-home.json";

    private final Path home;
    private final Path place;

    private StoredHome(Path home, Path place) {
        this.home = home;
        this.place = place;
    }

    /**
     * Unpacks it.
     *
     * @param home the JENKINS_HOME to be
     * @param place the directory where scripts and agents are
     */
    static StoredHome unpack(Path home, Path place) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(open(ARCHIVE))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                int slash = entry.getName().indexOf('/');
                Path root = entry.getName().startsWith("home/") ? home : place;
                Path file = root.resolve(entry.getName().substring(slash + 1));
                Files.createDirectories(file.getParent());
                Files.write(file, zip.readAllBytes());
            }
        }
        StoredHome stored = new StoredHome(home, place);
        stored.moveToPlace();
        return stored;
    }

    /** What was visible when it was written. */
    static JsonNode state() throws IOException {
        try (InputStream in = open(STATE)) {
            return VisibleState.MAPPER.readTree(in);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(StoredHome.class.getResourceAsStream(name), name);
    }

    private void moveToPlace() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".xml")).toList()) {
                String before = Files.readString(file);
                String after = before.replace(VisibleState.PLACE, place.toString());
                if (!after.equals(before)) {
                    Files.writeString(file, after);
                }
            }
        }
    }

    /** Makes the script that was running one that was started now. Otherwise its time would be up. */
    void startedNow(String build) throws IOException {
        Path file = home.resolve(build);
        String before = Files.readString(file);
        String after = before.replaceFirst(
                "<startedAt>\\d+</startedAt>", "<startedAt>" + Instant.now().toEpochMilli() + "</startedAt>");
        if (after.equals(before)) {
            throw new AssertionError(before);
        }
        Files.writeString(file, after);
    }

    /** The files of the script that was running. */
    Path script() throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            List<Path> found = files.filter(file -> file.endsWith("stdout")).toList();
            return found.get(0).getParent();
        }
    }

    /**
     * Starts a process in place of the script that was running: once the file {@code go} is there, the process prints that it
     * ends, and ends well.
     */
    Process goOnRunning(Path go) throws IOException {
        Path script = script();
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                "cd \"$1\"; while test ! -e \"$2\"; do sleep 0.1; done; echo 'create ends' >>stdout; "
                        + "echo 0 >exit.part; mv exit.part exit",
                "sh",
                script.toString(),
                go.toString());
        builder.environment().put(ProcessCookie.VARIABLE, script.getFileName().toString());
        Process process = builder.start();
        Files.writeString(script.resolve("pid"), process.pid() + "\n");
        return process;
    }
}
