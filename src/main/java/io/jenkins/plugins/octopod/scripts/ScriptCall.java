package io.jenkins.plugins.octopod.scripts;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Node;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import java.io.IOException;

/**
 * Calls the control scripts on an agent once. All failures of a call have one checked exception with a sentence for
 * users. Blocks.
 */
public final class ScriptCall {

    private ScriptCall() {}

    /** Operation on an agent, which fails like any remote call. */
    @FunctionalInterface
    public interface Operation<T> {
        T run() throws IOException, InterruptedException, ScriptFailureException;
    }

    /** Operation with the control scripts on an agent, which fails like any remote call. */
    @FunctionalInterface
    public interface ScriptOperation<T> {
        T run(AgentScripts scripts) throws IOException, InterruptedException, ScriptFailureException;
    }

    /**
     * Runs an operation.
     *
     * @throws AgentUnreachableException if the agent can't be reached, or the connection is lost during the operation
     * @throws ScriptFailureException if the operation throws it
     */
    public static <T> T on(Node node, Operation<T> operation) throws InterruptedException, ScriptFailureException {
        try {
            return operation.run();
        } catch (IOException | RequestAbortedException e) {
            throw new AgentUnreachableException(node.getDisplayName(), e);
        }
    }

    /**
     * Prepares the scripts, see {@link AgentScripts#prepare}, and runs an operation with them.
     *
     * @param toolName name of the tool; null or empty for the only tool
     * @param secrets secrets that the scripts get
     * @throws AgentUnreachableException if the agent can't be reached, or the connection is lost during the operation
     * @throws ScriptFailureException if the scripts can't be prepared, or the operation throws it
     */
    public static <T> T on(
            Node node, @CheckForNull String toolName, ScriptSecrets secrets, ScriptOperation<T> operation)
            throws InterruptedException, ScriptFailureException {
        return on(node, () -> operation.run(AgentScripts.prepare(node, toolName, secrets)));
    }
}
