package io.jenkins.plugins.octopod.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;

/** Overrides as Pipelines write them: a map from keys to plain values, where null removes a key. */
final class OverridesMap {

    private static final Map<String, Object> NOTHING = Map.of();

    private OverridesMap() {}

    /** A copy without Groovy’s own kinds of strings; null where there is nothing in it. */
    @CheckForNull
    static Map<String, Object> plain(@CheckForNull Map<?, ?> given) {
        if (given == null || given.isEmpty()) {
            return null;
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        given.forEach((key, value) ->
                plain.put(String.valueOf(key), value instanceof CharSequence ? value.toString() : value));
        return plain;
    }

    /** @throws RefusalException if a key can’t be one, or a value isn’t plain */
    static Overrides read(@CheckForNull Map<String, Object> given) throws RefusalException {
        Overrides.Builder overrides = new Overrides.Builder();
        for (Map.Entry<String, Object> entry : (given == null ? NOTHING : given).entrySet()) {
            Object value = entry.getValue();
            if (value == null) {
                overrides.remove(entry.getKey());
            } else if (isPlain(value)) {
                overrides.set(entry.getKey(), value.toString());
            } else {
                throw new RefusalException(Reason.INVALID_INPUT, Messages.OverridesMap_notPlain(entry.getKey()));
            }
        }
        return overrides.build();
    }

    private static boolean isPlain(Object value) {
        return value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum;
    }
}
