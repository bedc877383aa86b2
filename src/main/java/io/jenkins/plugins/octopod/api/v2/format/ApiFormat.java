package io.jenkins.plugins.octopod.api.v2.format;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.time.Instant;
import java.util.Locale;

/** Formats enum constants and times for the API. */
public final class ApiFormat {

    private ApiFormat() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the time in UTC in the format of RFC 3339; null for null. */
    @CheckForNull
    @ModuleInternal
    public static String of(@CheckForNull Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
