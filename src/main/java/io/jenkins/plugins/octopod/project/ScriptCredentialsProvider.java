package io.jenkins.plugins.octopod.project;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.project.access.CredentialsAuthority;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.scripts.secrets.SecretArguments;
import io.jenkins.plugins.octopod.scripts.secrets.SecretMask;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Provider of the Jenkins credentials that a project’s control scripts get. Credentials are resolved with the project’s
 * authority, regardless of the requester, and are read again each time. Thread-safe.
 */
@Restricted(NoExternalUse.class)
public abstract class ScriptCredentialsProvider implements ExtensionPoint {

    /**
     * What all of the project’s scripts are given.
     *
     * @param run that they are given it for; null for all else
     * @throws ScriptFailureException if a credential isn’t there, or can’t be given
     */
    @NonNull
    protected abstract ScriptSecrets resolveBindings(@NonNull OctopodProject project, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException;

    /**
     * What those overrides really are that name a credential.
     *
     * @param run as with {@link #resolveBindings}
     * @throws ScriptFailureException as {@link #resolveBindings}
     */
    @NonNull
    protected abstract SecretArguments resolveReferences(
            @NonNull OctopodProject project, @NonNull Overrides overrides, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException;

    /**
     * What is to be masked where somebody else than those scripts may say what they are given: of all credentials that can be
     * had now. Nothing is noted as used, and what all scripts are given is read once.
     */
    @NonNull
    protected abstract StagingMaskFactory masks(@NonNull OctopodProject project);

    /** Factory of masks for the stagings of one project. */
    @FunctionalInterface
    public interface StagingMaskFactory {

        /** For what those scripts are given that are called with these overrides; reads those credentials that they name. */
        @NonNull
        SecretMask of(@NonNull Overrides application, @NonNull Overrides deployment);
    }

    /**
     * Why a request may not set an override to that value, in a sentence that doesn’t say which credentials there are; empty if
     * it may, and for a value that names no credential.
     */
    @NonNull
    protected abstract Optional<String> validate(
            @NonNull OctopodProject project,
            @NonNull CredentialsAuthority authority,
            @NonNull String key,
            @NonNull String value);

    @CheckForNull
    private static ScriptCredentialsProvider get() {
        return ExtensionList.lookup(ScriptCredentialsProvider.class).stream()
                .findFirst()
                .orElse(null);
    }

    /** {@link #resolveBindings}, for what is no run. */
    public static ScriptSecrets of(OctopodProject project) throws ScriptFailureException {
        ScriptCredentialsProvider credentials = get();
        return credentials == null ? ScriptSecrets.NONE : credentials.resolveBindings(project, null);
    }

    /** {@link #resolveBindings} and {@link #resolveReferences} together, for the scripts of one staging. */
    public static ScriptSecrets of(
            OctopodProject project, Overrides application, Overrides deployment, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException {
        ScriptCredentialsProvider credentials = get();
        return credentials == null
                ? ScriptSecrets.NONE
                : credentials
                        .resolveBindings(project, run)
                        .withArguments(arguments(project, application, deployment, run));
    }

    /** {@link #resolveReferences}, of a staging’s overrides of both kinds. */
    public static SecretArguments arguments(
            OctopodProject project, Overrides application, Overrides deployment, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException {
        ScriptCredentialsProvider credentials = get();
        return credentials == null
                ? SecretArguments.NONE
                : credentials
                        .resolveReferences(project, application, run)
                        .and(credentials.resolveReferences(project, deployment, run));
    }

    /** {@link #masks}. */
    public static StagingMaskFactory masksOf(OctopodProject project) {
        ScriptCredentialsProvider credentials = get();
        return credentials == null ? (application, deployment) -> SecretMask.NONE : credentials.masks(project);
    }

    /** {@link #validate}, of those that are set to something else than before. */
    public static Optional<String> validate(
            OctopodProject project, CredentialsAuthority authority, Overrides before, Overrides after) {
        ScriptCredentialsProvider credentials = get();
        if (credentials == null) {
            return Optional.empty();
        }
        return after.asMap().entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .filter(entry -> !before.value(entry.getKey())
                        .filter(entry.getValue()::equals)
                        .isPresent())
                .flatMap(entry -> credentials.validate(project, authority, entry.getKey(), entry.getValue()).stream())
                .findFirst();
    }
}
