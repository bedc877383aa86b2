package io.jenkins.plugins.octopod.staging;

import hudson.EnvVars;
import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.FullConfiguration;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Asks {@code config_check} before a request is accepted, on whichever agent is there, without using an executor. */
final class EarlyConfigCheck {

    private static final Logger LOGGER = Logger.getLogger(EarlyConfigCheck.class.getName());

    private EarlyConfigCheck() {}

    /**
     * Whether it said yes; where no agent is there to be asked, the run will ask.
     *
     * @throws RefusalException if it says no, or the scripts can’t be used
     */
    static boolean passes(OctopodProject project, StagingName name, Stagings.Change change)
            throws RefusalException, InterruptedException {
        Optional<Node> node = onlineAgent(project.assignedLabel());
        if (node.isEmpty()) {
            return false;
        }
        try {
            AgentScripts scripts =
                    AgentScripts.prepare(node.get(), project.getControlScripts(), new EnvVars(), TaskListener.NULL);
            FullConfiguration configuration =
                    FullConfiguration.ask(scripts, project.identity(), change.application(), change.deployment());
            ConfigCheck.require(scripts, configuration.lifecycleArguments(project.identity(), name));
            return true;
        } catch (ConfigRefusedException e) {
            throw new RefusalException(Reason.CONFIG_CHECK, e.getMessage(), e);
        } catch (ScriptFailureException e) {
            throw new RefusalException(Reason.UNAVAILABLE, e.getMessage(), e);
        } catch (IOException | RequestAbortedException e) {
            LOGGER.log(Level.FINE, e, () -> node.get().getNodeName() + " went away; the run will ask config_check");
            return false;
        }
    }

    private static Optional<Node> onlineAgent(Label label) {
        List<Node> candidates = new ArrayList<>();
        if (label != null) {
            candidates.addAll(label.getNodes());
        } else {
            candidates.addAll(Jenkins.get().getNodes());
            candidates.add(Jenkins.get());
            candidates.removeIf(node -> node.getMode() == Node.Mode.EXCLUSIVE);
        }
        return candidates.stream()
                .filter(node -> {
                    Computer computer = node.toComputer();
                    return computer != null && computer.isOnline() && computer.getNumExecutors() > 0;
                })
                .findFirst();
    }
}
