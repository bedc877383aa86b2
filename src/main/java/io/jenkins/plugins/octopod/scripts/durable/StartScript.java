package io.jenkins.plugins.octopod.scripts.durable;

import hudson.Functions;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.process.NativeEncoding;
import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import io.jenkins.plugins.octopod.engine.process.ProcessIdentity;
import io.jenkins.plugins.octopod.engine.process.WindowsBatchArguments;
import io.jenkins.plugins.octopod.scripts.secrets.RemoteSecrets;
import io.jenkins.plugins.octopod.scripts.secrets.SecretFilesDirectory;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;

/**
 * Starts a script on the agent, independently of the agent’s process: a shell waits for the script and writes its exit
 * code. That shell gets the script's arguments unchanged and never interprets them.
 *
 * <p>On Windows, no shell can get arguments unchanged, so the agent itself waits. The script still survives a lost
 * connection and a restart of the controller, but its exit code is lost if the agent's process ends.
 */
@ModuleInternal
public final class StartScript extends MasterToSlaveFileCallable<Void> {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(StartScript.class.getName());

    /**
     * Cookie by which launchers kill an agent's processes when its connection is lost. The script must survive that.
     */
    private static final String AGENT_COOKIE = "HUDSON_COOKIE";

    /**
     * Starts the supervisor outside of the agent’s process tree, and in its own session if the system has
     * {@code setsid}. A launcher that loses its agent kills the agent's process and all of its descendants.
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

    /**
     * Writes to existing files, so that a disk that the script has filled has space for the exit code. A kill creates
     * {@code cancelled} before it looks for the process id, and this checks in reverse order, so one of both sides sees
     * the other.
     */
    private static final String SUPERVISOR = """
            trap '' HUP
            control=$1
            boot=$2
            shift 2
            start_ticks() {
                shift 19
                ticks=$1
            }
            give_up() {
                rm -rf "$control/secrets"
                exit 1
            }
            if [ -n "$boot" ] && read -r stat < "/proc/$$/stat"; then
                start_ticks ${stat##*) }
                echo "ticks=$ticks boot=$boot" 1<> "$control/started"
            fi
            echo $$ 1<> "$control/pid.part" && mv "$control/pid.part" "$control/pid" || give_up
            [ ! -e "$control/cancelled" ] && cd "$control/work" || give_up
            "$@" < /dev/null > "$control/stdout" 2> "$control/stderr"
            code=$?
            rm -rf "$control/secrets"
            echo $code 1<> "$control/exit.part" && mv "$control/exit.part" "$control/exit"
            """;

    private final List<String> command;
    private final LinkedHashMap<String, String> environment;
    private final RemoteSecrets secrets;
    private final String cookieVariable;
    private final String cookieValue;

    public StartScript(
            List<String> command, Map<String, String> environment, RemoteSecrets secrets, ProcessCookie cookie) {
        this.command = List.copyOf(command);
        this.environment = new LinkedHashMap<>(environment);
        this.secrets = secrets;
        this.cookieVariable = cookie.variable();
        this.cookieValue = cookie.value();
    }

    @Override
    public Void invoke(File directory, VirtualChannel channel) throws IOException, InterruptedException {
        List<String> revealed = secrets.withSecretArguments(command);
        Optional<String> refusal = WindowsBatchArguments.refusal(revealed)
                .or(() -> NativeEncoding.refusal(revealed, environment))
                .or(() -> NativeEncoding.refusal(List.of(command.get(0)), secrets.variables()));
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        ScriptControlDirectory controlDirectory = new ScriptControlDirectory(directory);
        try {
            requireNotInterrupted();
            start(controlDirectory, revealed);
        } catch (ClosedByInterruptException | InterruptedException e) {
            // Nothing was started, and the caller no longer waits. If it follows the script later, it finds that out.
            Thread.interrupted();
            controlDirectory.beginStart();
            controlDirectory.cancel();
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        }
        return null;
    }

    private void start(ScriptControlDirectory controlDirectory, List<String> revealed)
            throws IOException, InterruptedException {
        if (!secrets.isEmpty()) {
            // The output isn’t masked on the agent.
            SecretFilesDirectory.createPrivate(controlDirectory.directory());
        }
        controlDirectory.beginStart();
        Files.createDirectories(controlDirectory.work().toPath());
        Files.createFile(controlDirectory.stdout().toPath());
        Files.createFile(controlDirectory.stderr().toPath());
        startWithSecrets(controlDirectory, revealed);
    }

    /** Starts the script, and deletes its secrets if the start fails. After a start, its supervisor deletes them. */
    private void startWithSecrets(ScriptControlDirectory controlDirectory, List<String> revealed)
            throws IOException, InterruptedException {
        SecretFilesDirectory secretFiles = SecretFilesDirectory.ofStarted(controlDirectory.secrets(), secrets);
        boolean started = false;
        try {
            if (Functions.isWindows()) {
                startWatchedByAgent(controlDirectory, revealed, secretFiles);
            } else {
                startWatchedByShell(controlDirectory, revealed, secretFiles);
            }
            started = true;
        } finally {
            if (!started) {
                secretFiles.close();
            }
        }
    }

    private void startWatchedByShell(
            ScriptControlDirectory controlDirectory, List<String> revealed, SecretFilesDirectory secretFiles)
            throws IOException, InterruptedException {
        controlDirectory.reserve(controlDirectory.pid());
        controlDirectory.reserve(controlDirectory.exit());
        controlDirectory.reserveIdentity();
        List<String> supervised = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                LAUNCHER,
                "octopod",
                SUPERVISOR,
                controlDirectory.directory().getAbsolutePath(),
                ProcessIdentity.bootId()));
        supervised.addAll(revealed);
        ProcessBuilder builder = builder(supervised, secretFiles)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        requireNotInterrupted();
        Process launcher = builder.start();
        try {
            new LaunchedSupervisor(launcher, controlDirectory, cookie()).await();
        } catch (IOException | RuntimeException | LinkageError e) {
            throwUnlessRunning(e, controlDirectory);
        }
    }

    /**
     * Throws if the thread was interrupted. The caller no longer waits, and might have tried to kill the script, which
     * doesn’t exist yet.
     */
    private static void requireNotInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the start was broken off");
        }
    }

    /** Kills a script whose start has failed. If it can't be killed, it is followed as if it had started. */
    private void throwUnlessRunning(Throwable failure, ScriptControlDirectory controlDirectory) throws IOException {
        boolean gone;
        try {
            gone = new ScriptLiveness(controlDirectory, cookie()).kill();
        } catch (IOException | RuntimeException | LinkageError e) {
            failure.addSuppressed(e);
            gone = false;
        }
        if (gone) {
            throw failure instanceof IOException refused ? refused : new IOException(failure);
        }
        LOGGER.log(Level.WARNING, failure, () -> command.get(0) + " may be running");
    }

    /**
     * Starts a script for which the agent itself waits. The exit code is written before anything else that could fail.
     */
    public void startWatchedByAgent(
            ScriptControlDirectory controlDirectory, List<String> revealed, SecretFilesDirectory secretFiles)
            throws IOException {
        // The connection from which classes are loaded might be lost when the script ends.
        secretFiles.prepareToClose();
        Process process = builder(revealed, secretFiles)
                .directory(controlDirectory.work())
                .redirectOutput(controlDirectory.stdout())
                .redirectError(controlDirectory.stderr())
                .start();
        try {
            process.getOutputStream().close();
            controlDirectory.writeIdentity(ProcessIdentity.of(process.pid()));
            controlDirectory.write(controlDirectory.pid(), process.pid());
            if (controlDirectory.isCancelled()) {
                throw new IOException("the script was killed before it was started");
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throwUnlessRunning(e, controlDirectory);
        }
        process.onExit().thenAccept(ended -> {
            try {
                controlDirectory.write(controlDirectory.exit(), ended.exitValue());
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "The exit code of " + command.get(0) + " couldn't be written down");
            }
            secretFiles.close();
        });
    }

    private ProcessCookie cookie() {
        return new ProcessCookie(cookieVariable, cookieValue);
    }

    private ProcessBuilder builder(List<String> toStart, SecretFilesDirectory secretFiles) {
        ProcessBuilder builder = new ProcessBuilder(toStart);
        builder.environment().putAll(environment);
        builder.environment().putAll(secretFiles.variables());
        builder.environment().remove(AGENT_COOKIE);
        builder.environment().put(cookieVariable, cookieValue);
        return builder;
    }
}
