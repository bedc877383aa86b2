package io.jenkins.plugins.octopod.scripts;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.text.PrintableText;
import io.jenkins.plugins.octopod.scripts.ask.ConcurrencyLimit;
import io.jenkins.plugins.octopod.scripts.ask.RunScript;
import io.jenkins.plugins.octopod.scripts.ask.RunScriptBatch;
import io.jenkins.plugins.octopod.scripts.ask.ScriptFailureMessages;
import io.jenkins.plugins.octopod.scripts.ask.ScriptInvocation;
import io.jenkins.plugins.octopod.scripts.ask.ScriptInvocationResult;
import io.jenkins.plugins.octopod.scripts.ask.ScriptResultListener;
import io.jenkins.plugins.octopod.scripts.durable.DurableScript;
import io.jenkins.plugins.octopod.scripts.secrets.RemoteSecrets;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.scripts.secrets.SecretMask;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The control scripts on one agent, after they were checked and initialized. Its methods run scripts on the agent and
 * block.
 */
public final class AgentScripts {

    /** Time limit for {@code init}, which might log in to a cluster. The contract sets none. */
    private static final Duration INIT_TIMEOUT = Duration.ofMinutes(5);

    private final FilePath agentRoot;
    private final FilePath directory;
    private final EnvVars environment;
    private final Map<ControlScript, ListScripts.ScriptListing> found;
    private final ScriptSecrets secrets;

    private AgentScripts(
            FilePath agentRoot,
            FilePath directory,
            EnvVars environment,
            Map<ControlScript, ListScripts.ScriptListing> found,
            ScriptSecrets secrets) {
        this.agentRoot = agentRoot;
        this.directory = directory;
        this.environment = environment;
        this.found = found;
        this.secrets = secrets;
    }

    /**
     * Installs the tool, and runs {@code init} if it has not run yet on this connection with these secrets.
     *
     * @param toolName name of the tool; null or empty for the only tool
     * @param additional environment variables that the scripts get in addition to the agent's
     * @param secrets secrets that the scripts get
     * @throws ScriptFailureException if scripts are missing or incomplete, or {@code init} fails
     * @throws IOException if the agent can't be reached
     */
    public static AgentScripts prepare(
            Node node, String toolName, EnvVars additional, ScriptSecrets secrets, TaskListener log)
            throws IOException, InterruptedException, ScriptFailureException {
        FilePath agentRoot = node.getRootPath();
        Computer computer = node.toComputer();
        if (agentRoot == null || computer == null) {
            throw new IOException("agent " + node.getDisplayName() + " is offline");
        }
        EnvVars environment = new EnvVars(computer.getEnvironment());
        environment.overrideExpandingAll(computer.buildEnvironment(log));
        environment.overrideExpandingAll(additional);
        ControlScripts tool = ControlScripts.find(toolName)
                .orElseThrow(() -> new ScriptFailureException(missingTool(toolName)))
                .forNode(node, log)
                .forEnvironment(environment);
        String home = tool.getHome();
        if (home == null || home.isEmpty()) {
            throw new ScriptFailureException(Messages.AgentScripts_noHome(tool.getName(), node.getDisplayName()));
        }
        FilePath directory = new FilePath(agentRoot.getChannel(), home);
        Map<ControlScript, ListScripts.ScriptListing> found = directory.act(new ListScripts());
        if (found == null) {
            throw new ScriptFailureException(
                    Messages.AgentScripts_noDirectory(home, node.getDisplayName(), tool.getName()));
        }
        AgentScripts scripts = new AgentScripts(agentRoot, directory, environment, found, secrets);
        scripts.requireComplete(node.getDisplayName());
        InitScriptRegistry.get()
                .initialize(
                        agentRoot.getChannel(),
                        directory.getRemote() + '\n' + secrets.identity(),
                        secrets.digest(),
                        scripts::init);
        return scripts;
    }

    /**
     * Like {@link #prepare(Node, String, EnvVars, ScriptSecrets, TaskListener)}, outside a run: without additional
     * variables and without a log.
     */
    public static AgentScripts prepare(Node node, String toolName, ScriptSecrets secrets)
            throws IOException, InterruptedException, ScriptFailureException {
        return prepare(node, toolName, new EnvVars(), secrets, TaskListener.NULL);
    }

    /** Returns the same scripts with other secrets. */
    public AgentScripts with(ScriptSecrets others) {
        return others == secrets ? this : new AgentScripts(agentRoot, directory, environment, found, others);
    }

    /** Returns the same scripts with one more environment variable. */
    public AgentScripts withVariable(String name, String value) {
        EnvVars variables = new EnvVars(environment);
        variables.put(name, value);
        return new AgentScripts(agentRoot, directory, variables, found, secrets);
    }

    /** Returns whether the script exists and can be run. */
    public boolean has(ControlScript script) {
        ListScripts.ScriptListing file = found.get(script);
        return file != null && file.state() == ListScripts.State.READY;
    }

    /**
     * Returns the script or, if it is missing, the script that the contract defines in its place; null if there is
     * none.
     */
    public ControlScript resolve(ControlScript script) {
        return has(script) ? script : script.fallback();
    }

    /** Runs a short script. Its output is limited to a megabyte, with secrets masked. */
    public ScriptResult ask(ControlScript script, List<String> arguments, Duration timeout)
            throws IOException, InterruptedException {
        return received(printed(script, arguments, timeout), secrets.mask());
    }

    /**
     * Runs a short script whose output is used as data, see {@link #ask}.
     *
     * @throws ScriptFailureException if a row contains a secret, because a mask would change the data
     */
    public ScriptResult askForRows(ControlScript script, List<String> arguments, Duration timeout)
            throws IOException, InterruptedException, ScriptFailureException {
        ScriptResult printed = printed(script, arguments, timeout);
        Optional<String> refusal = MaskedRows.refusal(script, printed, secrets.mask());
        if (refusal.isPresent()) {
            throw new ScriptFailureException(refusal.get());
        }
        return received(printed, secrets.mask());
    }

    private ScriptResult printed(ControlScript script, List<String> arguments, Duration timeout)
            throws IOException, InterruptedException {
        // Output of these scripts is shown to all users, so they get the name of a credential instead of its value.
        RemoteSecrets sent = script.arguments() == ControlScript.Arguments.LIFECYCLE
                ? secrets.sent()
                : secrets.sent().withoutArguments();
        return agentRoot.act(new RunScript(command(script, arguments), environment, sent, timeout));
    }

    /**
     * Masks secrets and removes control characters. All results pass through here. Secrets are masked first, because
     * the scripts have printed them unchanged.
     */
    private static ScriptResult received(ScriptResult result, SecretMask mask) {
        // The output may be cut off in the middle of a secret.
        boolean whole = result.end() != ScriptResult.Termination.TIMED_OUT && !result.truncated();
        UnaryOperator<String> first = whole ? mask::apply : mask::applyToTruncated;
        return result.withStdout(printable(result.stdout(), first, mask))
                .withStderr(printable(result.stderr(), first, mask));
    }

    private static ScriptInvocationResult received(ScriptInvocationResult invocationResult, SecretMask mask) {
        ScriptResult result = invocationResult.result();
        // Of the scripts that run in batches, only info returns rows.
        String error = result == null
                ? invocationResult.error()
                : MaskedRows.refusal(ControlScript.INFO, result, mask).orElse(invocationResult.error());
        return new ScriptInvocationResult(
                invocationResult.id(),
                result == null ? null : received(result, mask),
                printable(error, mask::apply, mask));
    }

    private static String printable(String text, UnaryOperator<String> first, SecretMask mask) {
        String masked = first.apply(text);
        String printable = PrintableText.of(masked);
        // A secret may have had a color code in the middle.
        return printable.equals(masked) ? printable : mask.apply(printable);
    }

    /**
     * Runs many short scripts in parallel in one remote call. Blocks until all have ended; the listener gets results as
     * scripts end, on another thread.
     *
     * @param common arguments that come before the arguments of each invocation
     * @throws IOException if the connection is lost; the listener may have received only some results
     */
    public void askAll(
            List<String> common,
            List<ScriptInvocation> invocations,
            ConcurrencyLimit limits,
            ScriptResultListener listener)
            throws IOException, InterruptedException {
        LinkedHashMap<ControlScript, String> programs = new LinkedHashMap<>();
        Map<String, List<String>> secretsById = new HashMap<>();
        for (ScriptInvocation invocation : invocations) {
            programs.computeIfAbsent(invocation.script(), this::program);
            secretsById.put(invocation.id(), invocation.secretValues());
        }
        // The output of a script is masked for the secrets of that script only, because it doesn’t get those of the
        // others.
        Map<List<String>, SecretMask> masks = new ConcurrentHashMap<>();
        agentRoot.act(new RunScriptBatch(
                new RunScriptBatch.BatchContext(
                        programs, new ArrayList<>(common), new LinkedHashMap<>(environment), secrets.sent()),
                invocations,
                limits,
                results -> listener.answered(results.stream()
                        .map(result -> received(
                                result,
                                masks.computeIfAbsent(
                                        secretsById.getOrDefault(result.id(), List.of()),
                                        values -> secrets.withMasked(values).mask())))
                        .toList())));
    }

    /** Creates the handle of a script that runs independently of the connection. Store it, then {@link #start} it. */
    public DurableScript prepareDurable(ControlScript script, Duration timeout) {
        return DurableScript.planned(script, agentRoot, Instant.now(), timeout);
    }

    public void start(DurableScript script, List<String> arguments) throws IOException, InterruptedException {
        try {
            script.start(agentRoot, command(script.script(), arguments), environment, secrets);
        } catch (IOException e) {
            String masked = e.getMessage() == null ? null : secrets.mask().apply(e.getMessage());
            // The cause could contain the secret.
            throw Objects.equals(masked, e.getMessage()) ? e : new IOException(masked);
        }
    }

    /** Returns the encrypted mask for the output of these scripts; see {@link ScriptSecrets#encryptMask}. */
    public String encryptMask() {
        return secrets.encryptMask();
    }

    /** Returns the agent's root directory. Its channel is the connection on which the scripts were prepared. */
    public FilePath agentRoot() {
        return agentRoot;
    }

    private List<String> command(ControlScript script, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(program(script));
        command.addAll(arguments);
        return command;
    }

    private String program(ControlScript script) {
        return directory.child(found.get(script).fileName()).getRemote();
    }

    private void requireComplete(String agent) throws ScriptFailureException {
        for (ListScripts.ScriptListing file : found.values()) {
            String path = directory.child(file.fileName()).getRemote();
            if (file.state() == ListScripts.State.NOT_EXECUTABLE) {
                throw new ScriptFailureException(Messages.AgentScripts_notExecutable(path, agent));
            }
            if (file.state() == ListScripts.State.NOT_A_FILE) {
                throw new ScriptFailureException(Messages.AgentScripts_notAFile(path, agent));
            }
        }
        String missing = Arrays.stream(ControlScript.values())
                .filter(script -> script.isRequired() && !has(script))
                .map(ControlScript::fileName)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new ScriptFailureException(Messages.AgentScripts_missing(missing, directory.getRemote(), agent));
        }
    }

    private void init() throws IOException, InterruptedException, ScriptFailureException {
        if (!has(ControlScript.INIT)) {
            return;
        }
        ScriptResult result = ask(ControlScript.INIT, List.of(), INIT_TIMEOUT);
        if (!result.isSuccess()) {
            throw new ScriptFailureException(ScriptFailureMessages.failure(ControlScript.INIT, result, INIT_TIMEOUT));
        }
    }

    private static String missingTool(String name) {
        return name == null || name.isEmpty()
                ? Messages.AgentScripts_noTool()
                : Messages.AgentScripts_unknownTool(name);
    }
}
