package io.jenkins.plugins.octopod.scripts;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.engine.process.NativeText;
import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/**
 * Starts a script, on the agent, so that it depends on nothing that runs there: a shell waits for it and writes down its
 * exit code. That shell is handed the script's arguments as they are and never interprets them.
 */
final class StartScript extends MasterToSlaveFileCallable<Void> {

    private static final long serialVersionUID = 1L;

    /** By this, launchers kill what an agent has started when they lose it; the script is to outlive that. */
    private static final String AGENT_COOKIE = "HUDSON_COOKIE";

    /**
     * Starts what follows as nobody's child, in a session of its own where the system can: a launcher that loses its agent
     * ends the agent's process and all of its descendants.
     */
    private static final String LAUNCHER = """
            supervisor=$1
            shift
            if command -v setsid > /dev/null 2>&1; then
                setsid /bin/sh -c "$supervisor" octopod "$@" &
            else
                /bin/sh -c "$supervisor" octopod "$@" &
            fi
            """;

    private static final String SUPERVISOR = """
            trap '' HUP
            control=$1
            shift
            echo $$ > "$control/pid.part" && mv "$control/pid.part" "$control/pid"
            cd "$control/work"
            "$@" < /dev/null > "$control/stdout" 2> "$control/stderr"
            echo $? > "$control/exit.part" && mv "$control/exit.part" "$control/exit"
            """;

    private final List<String> command;
    private final LinkedHashMap<String, String> environment;
    private final String cookieVariable;
    private final String cookieValue;

    StartScript(List<String> command, Map<String, String> environment, ProcessCookie cookie) {
        this.command = List.copyOf(command);
        this.environment = new LinkedHashMap<>(environment);
        this.cookieVariable = cookie.variable();
        this.cookieValue = cookie.value();
    }

    @Override
    public Void invoke(File directory, VirtualChannel channel) throws IOException, InterruptedException {
        Optional<String> refusal = NativeText.refusal(command, environment);
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        ScriptFiles files = new ScriptFiles(directory);
        Files.createDirectories(files.work().toPath());
        Files.createFile(files.stdout().toPath());
        Files.createFile(files.stderr().toPath());
        List<String> supervised =
                new ArrayList<>(List.of("/bin/sh", "-c", LAUNCHER, "octopod", SUPERVISOR, directory.getAbsolutePath()));
        supervised.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(supervised)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        builder.environment().putAll(environment);
        builder.environment().remove(AGENT_COOKIE);
        builder.environment().put(cookieVariable, cookieValue);
        builder.start().waitFor();
        return null;
    }
}
