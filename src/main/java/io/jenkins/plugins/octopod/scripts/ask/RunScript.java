package io.jenkins.plugins.octopod.scripts.ask;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.process.ScriptCommand;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.process.ScriptRunner;
import io.jenkins.plugins.octopod.engine.process.WindowsBatchArguments;
import io.jenkins.plugins.octopod.scripts.secrets.RemoteSecrets;
import io.jenkins.plugins.octopod.scripts.secrets.SecretFilesDirectory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/** Runs a short script on the agent, in the agent’s directory, and returns what it printed. */
@ModuleInternal
public final class RunScript extends MasterToSlaveFileCallable<ScriptResult> {

    private static final long serialVersionUID = 1L;

    /** Limit in bytes of each stream. It is enough for a CSV of thousands of rows, and protects the memory. */
    private static final int OUTPUT_LIMIT = 1 << 20;

    private final List<String> command;
    private final LinkedHashMap<String, String> environment;
    private final RemoteSecrets secrets;
    private final Duration timeout;

    public RunScript(List<String> command, Map<String, String> environment, RemoteSecrets secrets, Duration timeout) {
        this.command = List.copyOf(command);
        this.environment = new LinkedHashMap<>(environment);
        this.secrets = secrets;
        this.timeout = timeout;
    }

    @Override
    public ScriptResult invoke(File directory, VirtualChannel channel) throws IOException, InterruptedException {
        try (SecretFilesDirectory secretFiles = secrets.isEmpty()
                ? SecretFilesDirectory.ofAskedWithoutSecrets(directory)
                : SecretFilesDirectory.ofAsked(directory, secrets)) {
            Map<String, String> variables = new LinkedHashMap<>(environment);
            variables.putAll(secretFiles.variables());
            return ask(directory, secrets.withSecretArguments(command), variables, timeout, secretFiles.outputs());
        }
    }

    /**
     * Runs a script.
     *
     * @param command program and arguments as the script gets them
     * @param outputs directory for output files, see {@link ScriptRunner}
     */
    static ScriptResult ask(
            File directory,
            List<String> command,
            Map<String, String> environment,
            Duration timeout,
            @CheckForNull Path outputs)
            throws IOException, InterruptedException {
        Optional<String> refusal = WindowsBatchArguments.refusal(command);
        if (refusal.isPresent()) {
            return ScriptResult.notStarted(refusal.get());
        }
        // An agent’s directory doesn’t exist before its first workspace.
        Files.createDirectories(directory.toPath());
        try {
            return new ScriptRunner(OUTPUT_LIMIT, outputs)
                    .run(new ScriptCommand(command, directory.toPath(), environment, timeout));
        } catch (UncheckedIOException e) {
            // The exception is a failure on the agent, and not a bug.
            IOException cause = e.getCause();
            throw new IOException(Messages.RunScript_noDiskSpace(cause), cause);
        }
    }
}
