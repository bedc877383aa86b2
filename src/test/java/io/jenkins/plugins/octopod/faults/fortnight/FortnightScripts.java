package io.jenkins.plugins.octopod.faults.fortnight;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Control scripts that note what they do in a journal, and keep what is deployed in a file for each staging. They use what the shell
 * has built in, as thousands of them are started. Each file below {@code home} is read and written by all agents.
 *
 * <p>A line of the journal is {@code B name action request pid agent mode value} where a script begins, {@code E name action request
 * exit} where it ends, and {@code O name action request pid other...} where it finds that another script of the staging is running.
 */
final class FortnightScripts {

    /** What a script is to do the next time that it runs for a staging. */
    enum Mode {
        NONE,
        /** It waits until {@link #release}. */
        HOLD,
        /** As {@link #HOLD}, and ignores that it is to end. */
        STUBBORN,
        FAIL,
        SIGNAL,
        HANG,
        GARBAGE,
        GARBAGE_FAIL
    }

    private static final String ACTION = """
        cd '%1$s' || exit 90
        action=%2$s
        name=$8
        request=${FORTNIGHT_REQUEST:-none}
        value=-
        while [ $# -gt 1 ]; do
            case $2 in VALUE=*) value=${2#VALUE=};; esac
            shift
        done
        read -r stat < /proc/$$/stat
        set -- ${stat##*") "}
        start=${20}
        pid=0
        { read -r pid since what < "run-$name"; } 2>/dev/null
        stat=
        { read -r stat < "/proc/$pid/stat"; } 2>/dev/null
        set -- ${stat##*") "}
        if [ "${20}" = "$since" ] && [ "$1" != Z ] && [ "$pid" != 0 ]; then
            echo "O $name $action $request $$ $pid $what" >> journal
        fi
        echo "$$ $start $action $request $FORTNIGHT_AGENT" > "run-$name"
        mode=NONE
        { read -r mode < "told-$name"; } 2>/dev/null
        echo NONE > "told-$name"
        echo "B $name $action $request $$ $FORTNIGHT_AGENT $mode $value" >> journal
        code=0
        case $mode in
        STUBBORN) trap '' TERM;;
        esac
        case $mode in
        HOLD | STUBBORN)
            echo holding
            while [ -f "hold-$name" ] && [ -f alive ]; do sleep 0.1; done
            echo released
            ;;
        HANG) while [ -f alive ]; do sleep 0.2; done;;
        FAIL)
            echo 'it fails' >&2
            code=1
            ;;
        SIGNAL) kill -9 $$;;
        GARBAGE*)
            printf 'no \\000chart\\033[31m red \\033]0;title\\007\\n' >&2
            printf 'no \\000chart\\033[2J \\010\\n'
            [ $mode = GARBAGE ] || code=3
            ;;
        esac
        [ $code != 0 ] || echo %3$s > "state-$name"
        echo "E $name $action $request $code" >> journal
        echo '0 0' > "run-$name"
        exit $code
        """;

    private final Path home;
    private final ScriptDirectory scripts;
    private long journalRead;

    FortnightScripts(Path directory) throws IOException {
        home = Files.createDirectories(directory.resolve("home"));
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        action(ControlScript.CREATE, "up");
        action(ControlScript.UPDATE, "up");
        action(ControlScript.UNARCHIVE, "up");
        action(ControlScript.ARCHIVE, "down");
        action(ControlScript.CLEANUP, "gone");
        String read = "s=\n{ read -r s < '" + home + "/state-'$8; } 2>/dev/null\n";
        scripts.with(
                ControlScript.CHECK,
                holding("check-$8") + read
                        + "case $s in up) exit 0;; partly) echo partly; exit 2;; esac\necho \"it is $s\"; exit 1");
        scripts.with(
                ControlScript.ARCHIVE_CHECK,
                holding("check-$8") + read + "case $s in up | partly) exit 1;; esac\nexit 0");
        scripts.with(ControlScript.CONFIG_CHECK, failing("config_check") + holding("config-$8"));
        scripts.with(ControlScript.DEPLOYMENT_CONFIG, failing("deployment_config") + "echo DEFAULT,1");
        scripts.with(ControlScript.INIT, holding("init"));
        Files.createFile(home.resolve("alive"));
        Files.createFile(journal());
    }

    private void action(ControlScript script, String state) throws IOException {
        scripts.with(script, ACTION.formatted(home, script.fileName(), state));
    }

    /** A script notes that it waits, as nobody else can know. */
    private String holding(String what) {
        return "if [ -f '" + home + "/hold-'" + what + " ]; then\n  echo \"W " + what + "\" >> '" + home
                + "/journal'\n  while [ -f '" + home + "/hold-'" + what + " ] && [ -f '" + home
                + "/alive' ]; do sleep 0.1; done\nfi\n";
    }

    private String failing(String script) {
        return "if [ -f '" + home + "/fail-" + script + "' ]; then echo 'not now'; exit 1; fi\n";
    }

    Path home() {
        return home;
    }

    Path directory() {
        return scripts.path();
    }

    private Path journal() {
        return home.resolve("journal");
    }

    /** The lines that are new since the last call. */
    List<String> readJournal() throws IOException {
        List<String> lines = new ArrayList<>();
        byte[] all = Files.readAllBytes(journal());
        int from = (int) journalRead;
        for (int i = from; i < all.length; i++) {
            if (all[i] == '\n') {
                lines.add(new String(all, from, i - from, StandardCharsets.UTF_8));
                from = i + 1;
            }
        }
        journalRead = from;
        return lines;
    }

    /** Whether a script of that staging has begun whose line has that in it. */
    boolean hasBegun(String staging, String text) throws IOException {
        try (Stream<String> lines = Files.lines(journal())) {
            return lines.anyMatch(line -> line.startsWith("B " + staging + " ") && line.contains(text));
        }
    }

    /** How many scripts have waited in that phase so far. */
    long waited(String phase) throws IOException {
        try (Stream<String> lines = Files.lines(journal())) {
            return lines.filter(("W " + phase)::equals).count();
        }
    }

    void tell(String staging, Mode mode) throws IOException {
        write("told-" + staging, mode.name());
    }

    /** @param what the name of a staging, or of a phase: {@code init}, {@code config-NAME} or {@code check-NAME} */
    void hold(String what) throws IOException {
        write("hold-" + what, "");
    }

    void release(String what) throws IOException {
        Files.deleteIfExists(home.resolve("hold-" + what));
    }

    void fail(String script, boolean fails) throws IOException {
        if (fails) {
            write("fail-" + script, "");
        } else {
            Files.deleteIfExists(home.resolve("fail-" + script));
        }
    }

    /** What is deployed: up, partly, broken, down, gone, or empty. */
    String state(String staging) throws IOException {
        return read("state-" + staging);
    }

    void setState(String staging, String state) throws IOException {
        write("state-" + staging, state);
    }

    /** What the last script noted of itself: its process id, when it began, its action, request and agent. */
    String lastScript(String staging) throws IOException {
        return read("run-" + staging);
    }

    /** Lets all scripts end. */
    void end() throws IOException {
        Files.deleteIfExists(home.resolve("alive"));
    }

    private String read(String file) throws IOException {
        try {
            return Files.readString(home.resolve(file)).trim();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private void write(String file, String content) throws IOException {
        Path beside = home.resolve("new");
        Files.writeString(beside, content + "\n", StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(beside, home.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
