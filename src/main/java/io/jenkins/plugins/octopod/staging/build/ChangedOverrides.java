package io.jenkins.plugins.octopod.staging.build;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.Map;
import java.util.Objects;

/** The overrides that differ from others, so that a build stores no more than what its action has changed. */
final class ChangedOverrides {

    private ChangedOverrides() {}

    /** Returns the overrides without those that the other ones have as well. */
    static Overrides in(Overrides overrides, Overrides others) {
        Overrides.Builder changed = new Overrides.Builder();
        Map<String, String> known = others.asMap();
        overrides.asMap().forEach((key, value) -> {
            if (!known.containsKey(key) || !Objects.equals(known.get(key), value)) {
                add(changed, key, value);
            }
        });
        return changed.build();
    }

    private static void add(Overrides.Builder changed, String key, String value) {
        try {
            if (value == null) {
                changed.remove(key);
            } else {
                changed.set(key, value);
            }
        } catch (RefusalException e) {
            throw new IllegalStateException("An existing override is refused", e);
        }
    }
}
