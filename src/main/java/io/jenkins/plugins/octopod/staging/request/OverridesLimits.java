package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.text.QuotedText;
import io.jenkins.plugins.octopod.security.SecuritySettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.util.Map;

/**
 * Limits on a staging’s overrides, which stay in memory as long as the staging exists, and which each page about it
 * contains.
 */
public final class OverridesLimits {

    /** In characters. The path of a value in a Helm chart is far shorter. */
    static final int MAX_KEY_LENGTH = 500;

    /** In characters. Linux refuses an argument of a program that is longer than 128 KiB. */
    static final int MAX_VALUE_LENGTH = 100_000;

    private static final int QUOTED = 60;
    private static final int KIB = 1024;

    private OverridesLimits() {}

    /**
     * Checks overrides that are intended for a staging.
     *
     * @throws RefusalException if they exceed a limit, which its message names
     */
    public static void require(StagingOverrides overrides) throws RefusalException {
        Overrides application = overrides.application();
        Overrides deployment = overrides.deployment();
        SecuritySettings settings = SecuritySettings.get();
        int count = application.asMap().size() + deployment.asMap().size();
        if (count > settings.getMaxOverrides()) {
            throw refusal(Messages.OverridesLimits_tooMany(count, settings.getMaxOverrides()));
        }
        requireLengths(application);
        requireLengths(deployment);
        if (size(overrides) > (long) settings.getMaxOverridesSize() * KIB) {
            throw refusal(Messages.OverridesLimits_tooLarge(settings.getMaxOverridesSize()));
        }
    }

    /**
     * Like {@link #require}, but only if the overrides differ from those of the staging. Existing overrides are kept.
     *
     * @param staging staging that the overrides are intended for; null if it is about to be created
     */
    static void requireIfChanged(@CheckForNull Staging staging, StagingOverrides overrides) throws RefusalException {
        if (staging == null || !staging.overrides().equals(overrides)) {
            require(overrides);
        }
    }

    /** Returns the size of the keys and values of both kinds, in characters. */
    static long size(StagingOverrides overrides) {
        return size(overrides.application()) + size(overrides.deployment());
    }

    private static long size(Overrides overrides) {
        long size = 0;
        for (Map.Entry<String, String> entry : overrides.asMap().entrySet()) {
            size += entry.getKey().length();
            size += entry.getValue() == null ? 0 : entry.getValue().length();
        }
        return size;
    }

    private static void requireLengths(Overrides overrides) throws RefusalException {
        for (Map.Entry<String, String> entry : overrides.asMap().entrySet()) {
            String key = entry.getKey();
            if (key.length() > MAX_KEY_LENGTH) {
                throw refusal(
                        Messages.OverridesLimits_longKey(QuotedText.of(key, QUOTED), key.length(), MAX_KEY_LENGTH));
            }
            String value = entry.getValue();
            if (value != null && value.length() > MAX_VALUE_LENGTH) {
                throw refusal(Messages.OverridesLimits_longValue(key, value.length(), MAX_VALUE_LENGTH));
            }
        }
    }

    private static RefusalException refusal(String sentence) {
        return new RefusalException(Reason.INVALID_INPUT, sentence);
    }
}
