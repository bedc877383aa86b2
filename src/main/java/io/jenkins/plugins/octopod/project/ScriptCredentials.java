package io.jenkins.plugins.octopod.project;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.scripts.Mask;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.ScriptSecrets;
import io.jenkins.plugins.octopod.scripts.SecretArguments;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Knows which of Jenkins’ credentials a project’s control scripts are given, with the project’s authority and whoever has
 * asked. Reads them anew each time. Safe for any thread.
 */
@Restricted(NoExternalUse.class)
public abstract class ScriptCredentials implements ExtensionPoint {

    /**
     * What all of the project’s scripts are given.
     *
     * @param run that they are given it for; null for all else
     * @throws ScriptFailureException if a credential isn’t there, or can’t be given
     */
    @NonNull
    protected abstract ScriptSecrets bound(@NonNull OctopodProject project, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException;

    /**
     * What those overrides really are that name a credential.
     *
     * @param run as with {@link #bound}
     * @throws ScriptFailureException as {@link #bound}
     */
    @NonNull
    protected abstract SecretArguments referred(
            @NonNull OctopodProject project, @NonNull Overrides overrides, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException;

    /**
     * What is to be masked where somebody else than those scripts may say what they are given: of all credentials that can be
     * had now. Nothing is noted as used, and what all scripts are given is read once.
     */
    @NonNull
    protected abstract StagingMasks masks(@NonNull OctopodProject project);

    /** Makes masks for the stagings of one project. */
    @FunctionalInterface
    public interface StagingMasks {

        /** For what those scripts are given that are called with these overrides; reads those credentials that they name. */
        @NonNull
        Mask of(@NonNull Overrides application, @NonNull Overrides deployment);
    }

    /**
     * Why the current user may not set an override to that value, in a sentence that doesn’t say which credentials there are;
     * empty for who may, and for a value that names no credential.
     */
    @NonNull
    protected abstract Optional<String> refusal(
            @NonNull OctopodProject project, @NonNull String key, @NonNull String value);

    @CheckForNull
    private static ScriptCredentials get() {
        return ExtensionList.lookup(ScriptCredentials.class).stream()
                .findFirst()
                .orElse(null);
    }

    /** {@link #bound}, for what is no run. */
    public static ScriptSecrets of(OctopodProject project) throws ScriptFailureException {
        ScriptCredentials credentials = get();
        return credentials == null ? ScriptSecrets.NONE : credentials.bound(project, null);
    }

    /** {@link #bound} and {@link #referred} together, for the scripts of one staging. */
    public static ScriptSecrets of(
            OctopodProject project, Overrides application, Overrides deployment, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException {
        ScriptCredentials credentials = get();
        return credentials == null
                ? ScriptSecrets.NONE
                : credentials.bound(project, run).withArguments(arguments(project, application, deployment, run));
    }

    /** {@link #referred}, of a staging’s overrides of both kinds. */
    public static SecretArguments arguments(
            OctopodProject project, Overrides application, Overrides deployment, @CheckForNull Run<?, ?> run)
            throws ScriptFailureException {
        ScriptCredentials credentials = get();
        return credentials == null
                ? SecretArguments.NONE
                : credentials.referred(project, application, run).and(credentials.referred(project, deployment, run));
    }

    /** {@link #masks}. */
    public static StagingMasks masksOf(OctopodProject project) {
        ScriptCredentials credentials = get();
        return credentials == null ? (application, deployment) -> Mask.NONE : credentials.masks(project);
    }

    /** {@link #refusal}, of those that are set to something else than before. */
    public static Optional<String> refusal(OctopodProject project, Overrides before, Overrides after) {
        ScriptCredentials credentials = get();
        if (credentials == null) {
            return Optional.empty();
        }
        return after.asMap().entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .filter(entry -> !before.value(entry.getKey())
                        .filter(entry.getValue()::equals)
                        .isPresent())
                .flatMap(entry -> credentials.refusal(project, entry.getKey(), entry.getValue()).stream())
                .findFirst();
    }
}
