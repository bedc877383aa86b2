package io.jenkins.plugins.octopod.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.project.access.CredentialsAuthority;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.scripts.secrets.SecretArguments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jenkinsci.plugins.credentialsbinding.MultiBinding;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Finds the credentials that a project can use, which are those of a job in it: the project’s own, those of its parent
 * folders, and those of Jenkins.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class ProjectCredentials extends ScriptCredentialsProvider {

    private static final Logger LOGGER = Logger.getLogger(ProjectCredentials.class.getName());

    private final CredentialsUsageTracker usage = new CredentialsUsageTracker();

    @NonNull
    @Override
    protected ScriptSecrets resolveBindings(@NonNull OctopodProject project, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException {
        // The same id can belong to a different credential in another project.
        ScriptSecrets.Builder secrets = ScriptSecrets.builder().source(project.getFullName());
        for (MultiBinding<?> binding : ScriptCredentialsProperty.bindingsOf(project)) {
            // Checks all bindings, because some can come from a config.xml, or an administrator might have withdrawn
            // the
            // permission.
            Optional<String> refusal = BindingCheck.refusal(binding);
            if (refusal.isPresent()) {
                throw new ScriptFailureException(refusal.get());
            }
            secrets.source(binding.getClass().getName(), binding.getCredentialsId());
            BindingHandler<?, ?> handler = BindingHandler.of(binding.getClass())
                    .orElseThrow(() -> new ScriptFailureException(Messages.ProjectCredentials_unknownKind(
                            binding.getDescriptor().getDisplayName(), project.getFullName())));
            try {
                handler.bind(binding, used(project, run), secrets);
            } catch (IOException | RuntimeException e) {
                throw unreadable(binding.getCredentialsId(), e);
            }
        }
        return secrets.build();
    }

    /**
     * Returns the failure for a credential that can’t be read, for example because an external store doesn’t respond.
     */
    private static ScriptFailureException unreadable(String id, Exception e) {
        LOGGER.log(Level.FINE, e, () -> "The credentials " + id + " can’t be read");
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return restricted(Messages.ProjectCredentials_unreadable(id, why));
    }

    /**
     * Returns a failure whose detail only users see who may read the project’s settings.
     *
     * @param detail message that names a credential
     */
    static ScriptFailureException restricted(String detail) {
        return new ScriptFailureException(new RestrictedMessage(Messages.ProjectCredentials_problem(), detail));
    }

    /** Returns a lookup that records the use of credentials on their pages. */
    private BindingHandler.CredentialsLookup used(OctopodProject project, @CheckForNull Run<?, ?> run) {
        return source(project, run, credentials -> {
            if (run == null) {
                usage.track(project, credentials);
            } else {
                CredentialsProvider.track(run, credentials);
            }
        });
    }

    /**
     * Returns a lookup.
     *
     * @param use called for each credential that is found
     */
    private static BindingHandler.CredentialsLookup source(
            OctopodProject project, @CheckForNull Run<?, ?> run, Consumer<StandardCredentials> use) {
        return new BindingHandler.CredentialsLookup() {
            @Override
            public <C extends StandardCredentials> C get(String id, Class<C> type) throws ScriptFailureException {
                C wanted = existing(project, id, type, run);
                use.accept(wanted);
                return wanted;
            }
        };
    }

    private static <C extends StandardCredentials> C existing(
            OctopodProject project, String id, Class<C> type, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException {
        IdCredentials found = find(project, id);
        if (found == null) {
            throw restricted(Messages.ProjectCredentials_unknown(id, project.getFullName()));
        }
        Credentials credentials = run == null ? found : found.forRun(run);
        if (!type.isInstance(credentials)) {
            throw restricted(Messages.ProjectCredentials_otherType(
                    id, found.getDescriptor().getDisplayName(), project.getFullName()));
        }
        return type.cast(credentials);
    }

    @NonNull
    @Override
    protected StagingMaskFactory masks(@NonNull OctopodProject project) {
        BindingHandler.CredentialsLookup credentialsLookup = source(project, null, credentials -> {});
        ScriptSecrets.Builder given = ScriptSecrets.builder();
        for (MultiBinding<?> binding : ScriptCredentialsProperty.bindingsOf(project)) {
            BindingHandler.of(binding.getClass())
                    .ifPresent(handler -> addIfThere(() -> handler.bind(binding, credentialsLookup, given)));
        }
        ScriptSecrets bound = given.build();
        return (application, deployment) -> {
            List<String> named = new ArrayList<>();
            Stream.of(application, deployment)
                    .flatMap(overrides -> overrides.asMap().values().stream())
                    .flatMap(value -> CredentialReference.id(value).stream())
                    .forEach(id -> addIfThere(() -> named.add(credentialsLookup
                            .get(id, StringCredentials.class)
                            .getSecret()
                            .getPlainText())));
            return bound.withMasked(named).mask();
        };
    }

    @FunctionalInterface
    private interface Addition {
        void add() throws ScriptFailureException, IOException;
    }

    /** Adds an available credential. A missing one isn’t reported, because scripts don’t get it either. */
    private static void addIfThere(Addition addition) {
        try {
            addition.add();
        } catch (ScriptFailureException | IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "A credential can’t be had, and isn’t masked");
        }
    }

    /** Returns the credential; null if the project can use none with the id. */
    @CheckForNull
    private static IdCredentials find(OctopodProject project, String id) {
        return CredentialsProvider.findCredentialByIdInItemGroup(
                id, IdCredentials.class, project, ACL.SYSTEM2, List.of());
    }

    @NonNull
    @Override
    protected SecretArguments resolveReferences(
            @NonNull OctopodProject project, @NonNull Overrides overrides, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException {
        SecretArguments arguments = SecretArguments.NONE;
        for (Map.Entry<String, String> override : overrides.asMap().entrySet()) {
            Optional<String> id = CredentialReference.id(override.getValue());
            if (id.isPresent()) {
                String secret = secretText(project, id.get(), run);
                if (secret.indexOf('\0') >= 0) {
                    throw restricted(Messages.ProjectCredentials_noArgument(id.get()));
                }
                arguments = arguments.with(override.getKey(), override.getValue(), secret);
            }
        }
        return arguments;
    }

    private String secretText(OctopodProject project, String id, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException {
        try {
            return used(project, run)
                    .get(id, StringCredentials.class)
                    .getSecret()
                    .getPlainText();
        } catch (RuntimeException e) {
            throw unreadable(id, e);
        }
    }

    @NonNull
    @Override
    protected boolean refersToCredential(@NonNull String value) {
        return CredentialReference.id(value).isPresent();
    }

    @Override
    protected Optional<String> validate(
            @NonNull OctopodProject project,
            @NonNull CredentialsAuthority authority,
            @NonNull String key,
            @NonNull String value) {
        Optional<String> id = CredentialReference.id(value);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        // The message must not depend on which credentials exist, so they aren’t looked up before.
        boolean byList = authority == CredentialsAuthority.PROJECT;
        if (byList && !project.getPipelineAccess().allowsCredentials(id.get())) {
            return Optional.of(Messages.ProjectCredentials_notListed(key, value, project.getFullName()));
        }
        if (!byList && !project.hasPermission(CredentialsProvider.USE_ITEM)) {
            return Optional.of(Messages.ProjectCredentials_forbidden(key, value, project.getFullName()));
        }
        IdCredentials found = find(project, id.get());
        if (found == null) {
            return Optional.of(Messages.ProjectCredentials_unknownInOverride(key, id.get(), project.getFullName()));
        }
        return found instanceof StringCredentials
                ? Optional.empty()
                : Optional.of(Messages.ProjectCredentials_noText(
                        key, id.get(), found.getDescriptor().getDisplayName()));
    }
}
