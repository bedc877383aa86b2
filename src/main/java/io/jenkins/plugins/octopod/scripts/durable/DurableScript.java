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
 * A script that runs on an agent whether or not anybody is watching: its output and its exit code go to files in a
 * directory of its own there, so a lost connection and a restart of the controller only interrupt the watching. This is
 * the handle to it; it is stored with the run, and immutable.
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

    /** Makes the handle before the script starts, so that it can be stored first and no script is ever forgotten. */
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

    /** When it has to be killed, by the controller's clock. */
    public Instant deadline() {
        return Instant.ofEpochMilli(startedAt).plusMillis(timeoutMillis);
    }

    public Duration timeout() {
        return Duration.ofMillis(timeoutMillis);
    }

    /**
     * Starts it. Returns once what waits for the script has written down its process id.
     *
     * @throws IOException if the agent has refused it, and nothing of it runs or will run; or if the connection is lost, which
     *     says nothing about the script
     */
    @ModuleInternal
    public void start(FilePath agentRoot, List<String> command, Map<String, String> environment, ScriptSecrets secrets)
            throws IOException, InterruptedException {
        ask(agentRoot, new StartScript(command, environment, secrets.sent(), cookie()));
    }

    /**
     * What it has printed since, and whether it has ended. Waits, on the agent, until there is something to tell, at most
     * as long as given.
     *
     * @param stdoutFrom how many bytes of stdout are known already
     * @param stderrFrom how many bytes of stderr are known already
     * @throws IOException if the agent can't be reached, which says nothing about the script
     */
    public ScriptProgress follow(FilePath agentRoot, long stdoutFrom, long stderrFrom, Duration timeout)
            throws IOException, InterruptedException {
        return ask(agentRoot, new FollowScript(stdoutFrom, stderrFrom, timeout, cookie()));
    }

    /**
     * Kills everything that it has started. A start that has begun doesn't come about afterwards.
     *
     * @throws IOException if something can't be killed, or the agent can't be reached
     */
    public void kill(FilePath agentRoot) throws IOException, InterruptedException {
        ask(agentRoot, new KillScript(cookie()));
    }

    /** Removes its files from the agent. */
    public void forget(FilePath agentRoot) throws IOException, InterruptedException {
        try {
            on(agentRoot).deleteRecursive();
        } catch (RuntimeException | LinkageError e) {
            // A channel that closes meanwhile, or a class that the agent couldn’t fetch.
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whatever keeps the agent from answering is an {@link IOException}. */
    private <T> T ask(FilePath agentRoot, FilePath.FileCallable<T> callable) throws IOException, InterruptedException {
        try {
            return on(agentRoot).act(callable);
        } catch (RuntimeException | LinkageError e) {
            // A channel that closes meanwhile, or a class that the agent couldn’t fetch.
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
