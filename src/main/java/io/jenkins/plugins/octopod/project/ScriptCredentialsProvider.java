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
     * Returns the secrets that all of the project’s scripts get.
     *
     * @param run run that needs the secrets; null outside of a run
     * @throws ScriptFailureException if a credential doesn’t exist, or isn’t allowed
     */
    @NonNull
    protected abstract ScriptSecrets resolveBindings(@NonNull OctopodProject project, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException;

    /**
     * Returns the secret values of the overrides that refer to a credential.
     *
     * @param run run that needs the secrets; null outside of a run
     * @throws ScriptFailureException if a credential doesn’t exist, or isn’t allowed
     */
    @NonNull
    protected abstract SecretArguments resolveReferences(
            @NonNull OctopodProject project, @NonNull Overrides overrides, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException;

    /**
     * Returns a factory of masks for output that might contain secrets but doesn’t come from control scripts, such as pod
     * logs. Unavailable credentials are skipped, no use is recorded, and bindings are read once.
     */
    @NonNull
    protected abstract StagingMaskFactory masks(@NonNull OctopodProject project);

    /** Factory of masks for the stagings of one project. */
    @FunctionalInterface
    public interface StagingMaskFactory {

        /**
         * Returns the mask for the secrets of scripts with these overrides. Reads the credentials that the overrides
         * refer to.
         */
        @NonNull
        SecretMask of(@NonNull Overrides application, @NonNull Overrides deployment);
    }

    /**
     * Returns a sentence about why a request may not set an override to the value; empty if it may, or if the value
     * refers to no credential. The sentence doesn’t reveal which credentials exist.
     */
    @NonNull
    protected abstract Optional<String> validate(
            @NonNull OctopodProject project,
            @NonNull CredentialsAuthority authority,
            @NonNull String key,
            @NonNull String value);

    /** Returns whether the value of an override refers to a credential. */
    protected abstract boolean refersToCredential(@NonNull String value);

    @CheckForNull
    private static ScriptCredentialsProvider get() {
        return ExtensionList.lookup(ScriptCredentialsProvider.class).stream()
                .findFirst()
                .orElse(null);
    }

    /** Returns {@link #resolveBindings} outside of a run. */
    public static ScriptSecrets of(OctopodProject project) throws ScriptFailureException {
        ScriptCredentialsProvider credentials = get();
        return credentials == null ? ScriptSecrets.NONE : credentials.resolveBindings(project, null);
    }

    /** Returns {@link #resolveBindings} and {@link #resolveReferences} together, for the scripts of one staging. */
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

    /** Returns {@link #resolveReferences} for both kinds of a staging’s overrides. */
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

    /** Returns {@link #refersToCredential}; false for null. */
    public static boolean isReference(@CheckForNull String value) {
        ScriptCredentialsProvider credentials = get();
        return value != null && credentials != null && credentials.refersToCredential(value);
    }

    /** Returns {@link #masks}. */
    public static StagingMaskFactory masksOf(OctopodProject project) {
        ScriptCredentialsProvider credentials = get();
        return credentials == null ? (application, deployment) -> SecretMask.NONE : credentials.masks(project);
    }

    /** Returns {@link #validate} for the overrides that have changed. */
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
