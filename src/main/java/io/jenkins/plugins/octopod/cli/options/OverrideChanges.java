package io.jenkins.plugins.octopod.cli.options;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.text.QuotedText;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.kohsuke.args4j.CmdLineException;

/**
 * Changes of overrides on a command line: keys to set, keys to remove, and keys whose override is dropped, so that the
 * default applies again.
 */
@ModuleInternal
public final class OverrideChanges {

    private Overrides overrides = Overrides.NONE;
    private final Set<String> unset = new LinkedHashSet<>();

    /**
     * Sets a key.
     *
     * @throws CmdLineException if the argument isn’t {@code KEY=VALUE}
     */
    public void set(String pair) throws CmdLineException {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            throw bad(Messages.OverrideChanges_noValue(QuotedText.of(pair, 100)));
        }
        add(pair.substring(0, equals), pair.substring(equals + 1));
    }

    public void remove(String key) throws CmdLineException {
        add(key, null);
    }

    public void unset(String key) throws CmdLineException {
        Overrides one = one(key, null);
        overrides = without(overrides, one.asMap().keySet());
        unset.addAll(one.asMap().keySet());
    }

    private void add(String key, String value) throws CmdLineException {
        Overrides one = one(key, value);
        unset.removeAll(one.asMap().keySet());
        overrides = overrides.mergedWith(one);
    }

    /** Returns whether there are no changes. */
    public boolean isEmpty() {
        return overrides.asMap().isEmpty() && unset.isEmpty();
    }

    /** Returns these changes followed by later overrides. */
    public OverrideChanges then(Overrides later) {
        OverrideChanges both = new OverrideChanges();
        both.overrides = overrides.mergedWith(later);
        both.unset.addAll(unset);
        both.unset.removeAll(later.asMap().keySet());
        return both;
    }

    /** Returns whether the result depends on the previous overrides. */
    public boolean isUnsetting() {
        return !unset.isEmpty();
    }

    /** Returns the overrides that are set or removed, for a merge or on their own. */
    public Overrides overrides() {
        return overrides;
    }

    public Overrides appliedTo(Overrides before) {
        return without(before, unset).mergedWith(overrides);
    }

    private static Overrides without(Overrides overrides, Set<String> keys) {
        Map<String, String> left = new LinkedHashMap<>(overrides.asMap());
        left.keySet().removeAll(keys);
        try {
            return Overrides.of(left);
        } catch (RefusalException e) {
            throw new IllegalStateException(e); // The keys were valid overrides before.
        }
    }

    private static Overrides one(String key, String value) throws CmdLineException {
        try {
            return new Overrides.Builder().put(key, value).build();
        } catch (RefusalException e) {
            throw bad(e.getMessage());
        }
    }

    @SuppressWarnings("deprecation") // The other constructors require a format with parameters.
    private static CmdLineException bad(String sentence) {
        return new CmdLineException(null, sentence);
    }
}
