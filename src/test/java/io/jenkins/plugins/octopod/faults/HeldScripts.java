package io.jenkins.plugins.octopod.faults;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Control scripts that a test can hold, for one staging at a time, by files in their directory; each call of one that
 * changes something is noted there. Known by their directory alone, so that other processes can use them, too.
 */
record HeldScripts(Path directory) {

    private static final List<ControlScript> DEPLOYING =
            List.of(ControlScript.CREATE, ControlScript.UPDATE, ControlScript.UNARCHIVE);

    static HeldScripts in(Path directory) throws IOException {
        ScriptDirectory scripts = new ScriptDirectory(directory);
        for (ControlScript script : DEPLOYING) {
            scripts.with(script, body(directory, script, "touch state-$8"));
        }
        scripts.with(ControlScript.ARCHIVE, body(directory, ControlScript.ARCHIVE, "rm -f state-$8"));
        scripts.with(ControlScript.CLEANUP, body(directory, ControlScript.CLEANUP, "rm -f state-$8"));
        scripts.with(ControlScript.CHECK, "cd '" + directory + "' && test -f state-$8 && ! test -f doubt-$8");
        scripts.with(ControlScript.ARCHIVE_CHECK, "cd '" + directory + "' && ! test -f state-$8 && ! test -f doubt-$8");
        return new HeldScripts(directory);
    }

    private static String body(Path directory, ControlScript script, String change) {
        return "cd '" + directory + "'\necho " + script.fileName() + " $8 >>calls\necho " + script.fileName()
                + " begins\nwhile test -f hold-$8; do sleep 0.2; done\n" + change + "\necho " + script.fileName()
                + " ends";
    }

    /** Scripts that change that staging don’t end until {@link #release}. */
    void hold(String staging) throws IOException {
        Files.createFile(directory.resolve("hold-" + staging));
    }

    /** {@code check} and {@code archive_check} say no until {@link #release}. */
    void doubt(String staging) throws IOException {
        Files.createFile(directory.resolve("doubt-" + staging));
    }

    void release(String staging) throws IOException {
        Files.deleteIfExists(directory.resolve("hold-" + staging));
        Files.deleteIfExists(directory.resolve("doubt-" + staging));
    }

    /** How often that script was called for that staging. */
    long calls(ControlScript script, String staging) throws IOException {
        Path calls = directory.resolve("calls");
        return Files.exists(calls)
                ? Files.readAllLines(calls).stream()
                        .filter((script.fileName() + " " + staging)::equals)
                        .count()
                : 0;
    }
}
