package io.jenkins.plugins.octopod.engine.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An environment variable by which the processes that a script has started are known again: children inherit it, also
 * those that detach themselves and are nobody's descendants any more.
 *
 * @param variable the variable's name
 * @param value what it is set to; unique for what is to be found
 */
public record ProcessCookie(String variable, String value) {

    /** The variable that {@link ScriptRunner} sets. */
    public static final String VARIABLE = "OCTOPOD_PROCESS";

    private static final Path PROC = Path.of("/proc");

    /** One that no process has yet. */
    public static ProcessCookie unique() {
        return new ProcessCookie(VARIABLE, UUID.randomUUID().toString());
    }

    /**
     * The running processes that were started with this cookie, this JVM never among them. Only Linux tells: elsewhere,
     * and for processes of other users, there are none.
     */
    public Set<ProcessHandle> processes() {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return Set.of();
        }
        long self = ProcessHandle.current().pid();
        byte[] wanted = (variable + '=' + value).getBytes(StandardCharsets.UTF_8);
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != self && hasCookie(process, wanted))
                .collect(Collectors.toSet());
    }

    /** A process that has ended but that nobody has asked for its exit code has no environment any more. */
    private static boolean hasCookie(ProcessHandle process, byte[] wanted) {
        byte[] environment;
        try {
            environment = Files.readAllBytes(PROC.resolve(process.pid() + "/environ"));
        } catch (IOException e) {
            return false;
        }
        int from = 0;
        for (int at = 0; at <= environment.length; at++) {
            if (at == environment.length || environment[at] == 0) {
                if (Arrays.equals(environment, from, at, wanted, 0, wanted.length)) {
                    return true;
                }
                from = at + 1;
            }
        }
        return false;
    }
}
