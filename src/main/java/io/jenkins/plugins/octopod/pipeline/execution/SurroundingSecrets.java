package io.jenkins.plugins.octopod.pipeline.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/**
 * Secrets that blocks such as {@code withCredentials} give to the steps in them. Overrides and notes are stored and shown
 * to all users who see the staging, so they are refused if they contain one of these secrets.
 */
@ModuleInternal
public final class SurroundingSecrets {

    /**
     * Minimum length in characters of a secret that may not be part of a value. A shorter one occurs in many values by
     * chance, so it is refused only as the whole value.
     */
    private static final int MIN_PART_LENGTH = 8;

    /** Minimum length in characters of a secret. A shorter one isn’t masked either. */
    private static final int MIN_LENGTH = 3;

    /** Secrets by the name of their variable. */
    private final Map<String, String> secrets;

    private SurroundingSecrets(Map<String, String> secrets) {
        this.secrets = secrets;
    }

    /**
     * Returns the secrets of the surrounding blocks.
     *
     * @param expander expander from the step’s context; null if no block surrounds the step
     */
    public static SurroundingSecrets of(@CheckForNull EnvironmentExpander expander)
            throws IOException, InterruptedException {
        Map<String, String> secrets = new LinkedHashMap<>();
        if (expander != null && !expander.getSensitiveVariables().isEmpty()) {
            EnvVars variables = new EnvVars();
            expander.expand(variables);
            for (String name : expander.getSensitiveVariables()) {
                String secret = variables.get(name);
                if (secret != null && secret.strip().length() >= MIN_LENGTH) {
                    secrets.put(name, secret.strip());
                }
            }
        }
        return new SurroundingSecrets(secrets);
    }

    /**
     * Checks that the overrides contain no secret.
     *
     * @throws RefusalException if a key or a value contains one; the message names the key and the variable
     */
    public void requireNoneIn(Overrides overrides) throws RefusalException {
        for (Map.Entry<String, String> override : overrides.asMap().entrySet()) {
            for (Map.Entry<String, String> secret : secrets.entrySet()) {
                if (isIn(override.getKey(), secret.getValue())) {
                    throw new RefusalException(
                            Reason.INVALID_INPUT, Messages.SurroundingSecrets_inKey(secret.getKey()));
                }
                if (override.getValue() != null && isIn(override.getValue(), secret.getValue())) {
                    throw new RefusalException(
                            Reason.INVALID_INPUT,
                            Messages.SurroundingSecrets_inValue(override.getKey(), secret.getKey()));
                }
            }
        }
    }

    /**
     * Checks that a note contains no secret.
     *
     * @param note text of the note; null for none
     * @throws RefusalException if it contains one; the message names the variable
     */
    public void requireNoneIn(@CheckForNull String note) throws RefusalException {
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            if (note != null && isIn(note, secret.getValue())) {
                throw new RefusalException(Reason.INVALID_INPUT, Messages.SurroundingSecrets_inNote(secret.getKey()));
            }
        }
    }

    private static boolean isIn(String text, String secret) {
        return text.strip().equals(secret) || secret.length() >= MIN_PART_LENGTH && text.contains(secret);
    }
}
