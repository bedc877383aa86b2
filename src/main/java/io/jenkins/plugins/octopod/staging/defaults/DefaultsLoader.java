package io.jenkins.plugins.octopod.staging.defaults;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Label;
import hudson.model.Node;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv.SuggestedTag;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.AgentUnreachableException;
import io.jenkins.plugins.octopod.scripts.ConfigScripts;
import io.jenkins.plugins.octopod.scripts.ScriptCall;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Runs the config script of a query on an agent that is online, without using an executor. Blocks. */
final class DefaultsLoader {

    private static final Logger LOGGER = Logger.getLogger(DefaultsLoader.class.getName());

    private DefaultsLoader() {}

    @FunctionalInterface
    private interface Script<V> {
        V ask(AgentScripts scripts, ControlScript script, List<String> arguments)
                throws IOException, InterruptedException, ScriptFailureException;
    }

    /** Runs one of the two scripts for defaults. */
    static CachedValue<Configuration> defaults(DefaultsQuery defaultsQuery) {
        return ask(defaultsQuery, ConfigScripts::defaults);
    }

    /** Runs one of the two scripts for keys. */
    static CachedValue<List<String>> keys(DefaultsQuery defaultsQuery) {
        return ask(defaultsQuery, ConfigScripts::keys);
    }

    /** Runs the script for tags. */
    static CachedValue<List<SuggestedTag>> tags(DefaultsQuery defaultsQuery) {
        return ask(defaultsQuery, ConfigScripts::tags);
    }

    private static <V> CachedValue<V> ask(DefaultsQuery defaultsQuery, Script<V> script) {
        Label label = defaultsQuery.label() == null ? null : Label.get(defaultsQuery.label());
        OctopodProject project = Jenkins.get().getItemByFullName(defaultsQuery.project(), OctopodProject.class);
        Optional<Node> node = project == null ? Optional.empty() : ProjectAgents.online(project);
        if (node.isEmpty()) {
            if (project != null) {
                ProjectAgents.need(project);
            }
            return new CachedValue.Unavailable<>(noAgentMessage(label));
        }
        try {
            V value = ScriptCall.on(
                    node.get(),
                    defaultsQuery.tool(),
                    secrets(defaultsQuery),
                    scripts -> script.ask(scripts, defaultsQuery.script(), defaultsQuery.arguments()));
            return new CachedValue.Ready<>(value, false, null);
        } catch (AgentUnreachableException e) {
            LOGGER.log(Level.FINE, e, () -> node.get().getNodeName() + " didn’t answer");
            return new CachedValue.Unavailable<>(
                    Messages.DefaultsLoader_unreachable(node.get().getDisplayName()));
        } catch (ScriptFailureException e) {
            return new CachedValue.Failed<>(e.restrictedMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CachedValue.Unavailable<>(Messages.DefaultsLoader_stopping());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> defaultsQuery.script() + " couldn’t be asked");
            return new CachedValue.Failed<>(Messages.DefaultsLoader_internalError(defaultsQuery.script(), e));
        }
    }

    /**
     * Returns the project’s secrets without credentials of overrides. The scripts’ output is visible to all users, so
     * these scripts get only the name of a credential in overrides.
     */
    private static ScriptSecrets secrets(DefaultsQuery defaultsQuery) throws ScriptFailureException {
        OctopodProject project = Jenkins.get().getItemByFullName(defaultsQuery.project(), OctopodProject.class);
        return project == null ? ScriptSecrets.NONE : ScriptCredentialsProvider.of(project);
    }

    private static RestrictedMessage noAgentMessage(@CheckForNull Label label) {
        if (label == null) {
            return RestrictedMessage.unrestricted(Messages.DefaultsLoader_noAgent());
        }
        return new RestrictedMessage(
                Messages.DefaultsLoader_noAgent(),
                label.isEmpty()
                        ? Messages.DefaultsLoader_noAgentHasLabel(label.getExpression())
                        : Messages.DefaultsLoader_noAgentOfLabel(label.getExpression()));
    }
}
