package io.jenkins.plugins.octopod.scripts.durable;

import hudson.FilePath;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.scripts.secrets.SecretFilesDirectory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Handle of a script that runs on an agent independently of the controller. Output and exit code go to files in a
 * directory on the agent, so a lost connection or a restart of the controller only interrupts the observation. The
 * handle is stored with the run, and is immutable.
 */
public final class DurableScript {

    private final ControlScript script;
    private final String directory;
    private final String cookie;
    private final long startedAt;
    private final long timeoutMillis;

    private DurableScript(ControlScript script, String directory, String cookie, Instant startedAt, Duration timeout) {
        this.script = script;
        this.directory = directory;
        this.cookie = cookie;
        this.startedAt = startedAt.toEpochMilli();
        this.timeoutMillis = timeout.toMillis();
    }

    /** Creates the handle before the script starts, so that it can be stored first and no script is lost. */
    @ModuleInternal
    public static DurableScript planned(ControlScript script, FilePath agentRoot, Instant startedAt, Duration timeout) {
        String id = UUID.randomUUID().toString();
        return new DurableScript(
                script,
                agentRoot.child(SecretFilesDirectory.DIRECTORIES).child(id).getRemote(),
                id,
                startedAt,
                timeout);
    }

    public ControlScript script() {
        return script;
    }

    /** Returns when the script must be killed, by the controller's clock. */
    public Instant deadline() {
        return Instant.ofEpochMilli(startedAt).plusMillis(timeoutMillis);
    }

    public Duration timeout() {
        return Duration.ofMillis(timeoutMillis);
    }

    /**
     * Starts the script. Returns when its supervisor has stored its process id.
     *
     * @throws IOException if the agent has refused the script, and nothing of it runs or will run; or if the connection
     *     is lost, and the state of the script is unknown
     */
    @ModuleInternal
    public void start(FilePath agentRoot, List<String> command, Map<String, String> environment, ScriptSecrets secrets)
            throws IOException, InterruptedException {
        ask(agentRoot, new StartScript(command, environment, secrets.sent(), cookie()));
    }

    /**
     * Returns the script's new output and whether it has ended. Waits on the agent until there is something to return,
     * or until the timeout.
     *
     * @param stdoutFrom number of bytes of stdout that are known already
     * @param stderrFrom number of bytes of stderr that are known already
     * @throws IOException if the agent can't be reached; the state of the script is unknown
     */
    public ScriptProgress follow(FilePath agentRoot, long stdoutFrom, long stderrFrom, Duration timeout)
            throws IOException, InterruptedException {
        return ask(agentRoot, new FollowScript(stdoutFrom, stderrFrom, timeout, cookie()));
    }

    /**
     * Kills everything that the script has started, and prevents a start that is in progress.
     *
     * @throws IOException if something can't be killed, or the agent can't be reached
     */
    public void kill(FilePath agentRoot) throws IOException, InterruptedException {
        ask(agentRoot, new KillScript(cookie()));
    }

    /** Deletes the script's files on the agent. */
    public void forget(FilePath agentRoot) throws IOException, InterruptedException {
        try {
            on(agentRoot).deleteRecursive();
        } catch (RuntimeException | LinkageError e) {
            // The channel has closed, or the agent couldn’t load a class.
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Calls the agent. Any failure of the call is an {@link IOException}. */
    private <T> T ask(FilePath agentRoot, FilePath.FileCallable<T> callable) throws IOException, InterruptedException {
        try {
            return on(agentRoot).act(callable);
        } catch (RuntimeException | LinkageError e) {
            // The channel has closed, or the agent couldn’t load a class.
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private FilePath on(FilePath agentRoot) {
        return new FilePath(agentRoot.getChannel(), directory);
    }

    private ProcessCookie cookie() {
        return new ProcessCookie(ProcessCookie.VARIABLE, cookie);
    }
}
