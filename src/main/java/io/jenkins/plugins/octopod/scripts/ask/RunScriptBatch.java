package io.jenkins.plugins.octopod.scripts.ask;

import hudson.remoting.Channel;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.scripts.secrets.RemoteSecrets;
import io.jenkins.plugins.octopod.scripts.secrets.SecretFilesDirectory;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/**
 * Runs many short scripts in parallel on the agent, and reports their results as they end. No result waits for another
 * script. The call returns when all scripts have ended. If it is interrupted or the connection is lost, it kills the
 * scripts that are running.
 */
@ModuleInternal
public final class RunScriptBatch extends MasterToSlaveFileCallable<Void> {

    private static final long serialVersionUID = 1L;

    /** Limit in characters of the line that is sent. */
    private static final int MAX_LINE_LENGTH = 10_000;

    private final BatchContext common;
    private final ArrayList<ScriptInvocation> invocations;
    private final ConcurrencyLimit limits;
    private final RemoteResultListener listener;

    /**
     * Data that all scripts of a batch share and that is sent once.
     *
     * @param programs path of each script
     * @param arguments arguments that come first
     * @param secrets secrets that all scripts get
     */
    public record BatchContext(
            LinkedHashMap<ControlScript, String> programs,
            ArrayList<String> arguments,
            LinkedHashMap<String, String> environment,
            RemoteSecrets secrets)
            implements java.io.Serializable {}

    public RunScriptBatch(
            BatchContext batchContext,
            List<ScriptInvocation> invocations,
            ConcurrencyLimit limits,
            ScriptResultListener listener) {
        this.common = batchContext;
        this.invocations = withSharedTexts(invocations);
        this.limits = limits;
        this.listener = new RemoteResultListener(listener);
    }

    /**
     * Replaces equal arguments by the same object, which is sent only once. Most stagings have the same default values.
     */
    private static ArrayList<ScriptInvocation> withSharedTexts(List<ScriptInvocation> invocations) {
        Map<String, String> texts = new HashMap<>();
        ArrayList<ScriptInvocation> shared = new ArrayList<>(invocations.size());
        for (ScriptInvocation invocation : invocations) {
            ArrayList<String> arguments = new ArrayList<>(invocation.arguments().size());
            invocation.arguments().forEach(argument -> arguments.add(texts.computeIfAbsent(argument, text -> text)));
            shared.add(new ScriptInvocation(invocation.id(), invocation.script(), arguments, invocation.secrets()));
        }
        return shared;
    }

    @Override
    public Void invoke(File directory, VirtualChannel channel) throws IOException, InterruptedException {
        boolean secret = !common.secrets().isEmpty()
                || invocations.stream()
                        .anyMatch(invocation -> !invocation.secrets().isEmpty());
        try (SecretFilesDirectory secretFiles = secret
                ? SecretFilesDirectory.ofAsked(directory, common.secrets())
                : SecretFilesDirectory.ofAskedWithoutSecrets(directory)) {
            Map<String, String> environment = new HashMap<>(common.environment());
            environment.putAll(secretFiles.variables());
            askAll(directory, environment, secretFiles, channel);
            return null;
        }
    }

    private void askAll(
            File directory, Map<String, String> environment, SecretFilesDirectory secretFiles, VirtualChannel channel)
            throws IOException, InterruptedException {
        try (OpenInvocations open = new OpenInvocations(ScriptThreadPool.get(limits))) {
            for (ScriptInvocation invocation : invocations) {
                open.submit(invocation.id(), () -> ask(invocation, directory, environment, secretFiles));
            }
            while (!open.isEmpty()) {
                List<ScriptInvocationResult> results = open.poll();
                if (!results.isEmpty()) {
                    listener.target().answered(results);
                } else if (channel instanceof Channel remote && remote.isClosingOrClosed()) {
                    throw new IOException("nobody is there to be told");
                }
            }
        }
    }

    private ScriptInvocationResult ask(
            ScriptInvocation invocation,
            File directory,
            Map<String, String> environment,
            SecretFilesDirectory secretFiles)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(common.programs().get(invocation.script()));
        command.addAll(common.arguments());
        command.addAll(RemoteSecrets.withSecretArguments(invocation.arguments(), invocation.secrets()));
        ScriptResult result = RunScript.ask(directory, command, environment, limits.timeout(), secretFiles.outputs());
        return ScriptInvocationResult.of(
                invocation.id(), invocation.script() == ControlScript.INFO ? result : brief(result));
    }

    /**
     * Reduces the output of a script whose result is its exit code. Users see the last line only. More of it is sent
     * than is shown, because it is masked before it is cut.
     */
    private static ScriptResult brief(ScriptResult result) {
        return result.summary(result.isSuccess() ? "" : ScriptFailureMessages.lastLine(result, MAX_LINE_LENGTH));
    }
}
