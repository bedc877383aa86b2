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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jenkins.MasterToSlaveFileCallable;

/**
 * Runs many short scripts in parallel on the agent, and reports their results as they end. No result waits for another
 * script. The call returns when all scripts have ended. If it is interrupted or the connection is lost, it kills the
 * scripts that are running.
 */
@ModuleInternal
public final class RunScriptBatch extends MasterToSlaveFileCallable<Void> {

    private static final long serialVersionUID = 1L;

    /** In milliseconds. Results within this time are reported together, because each report is a remote call. */
    private static final long TOGETHER = 50;

    /** In milliseconds. */
    private static final long LOOK_EVERY = 1000;

    /** In characters. */
    private static final int MAX_LINE_LENGTH = 10_000;

    private final BatchContext common;
    private final ArrayList<ScriptInvocation> questions;
    private final ConcurrencyLimit limits;
    private final RemoteResultListener receiver;

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
            List<ScriptInvocation> questions,
            ConcurrencyLimit limits,
            ScriptResultListener receiver) {
        this.common = batchContext;
        this.questions = withSharedTexts(questions);
        this.limits = limits;
        this.receiver = new RemoteResultListener(receiver);
    }

    /** Defaults are the same for most: a text that is the same object is sent once. */
    private static ArrayList<ScriptInvocation> withSharedTexts(List<ScriptInvocation> questions) {
        Map<String, String> texts = new HashMap<>();
        ArrayList<ScriptInvocation> shared = new ArrayList<>(questions.size());
        for (ScriptInvocation question : questions) {
            ArrayList<String> arguments = new ArrayList<>(question.arguments().size());
            question.arguments().forEach(argument -> arguments.add(texts.computeIfAbsent(argument, text -> text)));
            shared.add(new ScriptInvocation(question.id(), question.script(), arguments, question.secrets()));
        }
        return shared;
    }

    @Override
    public Void invoke(File directory, VirtualChannel channel) throws IOException, InterruptedException {
        boolean secret = !common.secrets().isEmpty()
                || questions.stream().anyMatch(question -> !question.secrets().isEmpty());
        try (SecretFilesDirectory given = SecretFilesDirectory.ofAsked(directory, common.secrets(), secret)) {
            Map<String, String> environment = new HashMap<>(common.environment());
            environment.putAll(given.variables());
            askAll(directory, environment, given, channel);
            return null;
        }
    }

    private void askAll(
            File directory, Map<String, String> environment, SecretFilesDirectory given, VirtualChannel channel)
            throws IOException, InterruptedException {
        BlockingQueue<ScriptInvocationResult> answers = new LinkedBlockingQueue<>();
        List<Future<?>> running = new ArrayList<>(questions.size());
        try {
            ExecutorService pool = ScriptThreadPool.get(limits);
            for (ScriptInvocation question : questions) {
                running.add(pool.submit(() -> {
                    answers.add(ask(question, directory, environment, given));
                    return null;
                }));
            }
            int open = questions.size();
            while (open > 0) {
                List<ScriptInvocationResult> told = next(answers, channel);
                receiver.target().answered(told);
                open -= told.size();
            }
        } finally {
            running.forEach(script -> script.cancel(true));
        }
    }

    /** Waits for a result, and a moment longer for results that follow immediately. */
    private static List<ScriptInvocationResult> next(
            BlockingQueue<ScriptInvocationResult> answers, VirtualChannel channel)
            throws IOException, InterruptedException {
        ScriptInvocationResult first = answers.poll(LOOK_EVERY, TimeUnit.MILLISECONDS);
        while (first == null) {
            if (channel instanceof Channel remote && remote.isClosingOrClosed()) {
                throw new IOException("nobody is there to be told");
            }
            first = answers.poll(LOOK_EVERY, TimeUnit.MILLISECONDS);
        }
        Thread.sleep(TOGETHER);
        List<ScriptInvocationResult> together = new ArrayList<>();
        together.add(first);
        answers.drainTo(together);
        return together;
    }

    private ScriptInvocationResult ask(
            ScriptInvocation question, File directory, Map<String, String> environment, SecretFilesDirectory given)
            throws InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(common.programs().get(question.script()));
        command.addAll(common.arguments());
        command.addAll(RemoteSecrets.withSecretArguments(question.arguments(), question.secrets()));
        try {
            ScriptResult result = RunScript.ask(directory, command, environment, limits.timeout(), given.outputs());
            return ScriptInvocationResult.of(
                    question.id(), question.script() == ControlScript.INFO ? result : brief(result));
        } catch (IOException | RuntimeException e) {
            String message = e.getMessage();
            return new ScriptInvocationResult(question.id(), null, message == null ? e.toString() : message);
        }
    }

    /**
     * Of what a script says that answers with its exit code, people are shown the last line. More of it is sent than is
     * shown: it is masked before it is cut.
     */
    private static ScriptResult brief(ScriptResult result) {
        return new ScriptResult(
                result.end(),
                result.exitCode(),
                "",
                result.isSuccess() ? "" : ScriptFailureMessages.lastLine(result, MAX_LINE_LENGTH),
                false,
                false,
                Duration.ofMillis(result.duration().toMillis()));
    }
}
