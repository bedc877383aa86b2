package io.jenkins.plugins.octopod.scripts;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/**
 * Starts a script, on the agent, so that it depends on nothing that runs there: a shell waits for it and writes down its
 * exit code. That shell is handed the script's arguments as they are and never interprets them.
 */
final class StartScript extends MasterToSlaveFileCallable<Void> {

    private static final long serialVersionUID = 1L;

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
    public Void invoke(File directory, VirtualChannel channel) throws IOException {
        ScriptFiles files = new ScriptFiles(directory);
        Files.createDirectories(files.work().toPath());
        Files.createFile(files.stdout().toPath());
        Files.createFile(files.stderr().toPath());
        List<String> supervised =
                new ArrayList<>(List.of("/bin/sh", "-c", SUPERVISOR, "octopod", directory.getAbsolutePath()));
        supervised.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(supervised)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        builder.environment().putAll(environment);
        builder.environment().put(cookieVariable, cookieValue);
        builder.start();
        return null;
    }
}
