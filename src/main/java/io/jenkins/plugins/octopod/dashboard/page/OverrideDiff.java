package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Change of one override from one action to the next.
 *
 * @param key key of the override
 * @param kind kind of the change
 * @param from previous value, or {@code null} if there was none
 * @param to new value, or {@code null} if there is none
 */
public record OverrideDiff(
        String key,
        Kind kind,
        @CheckForNull String from,
        @CheckForNull String to) {

    /** Kind of a change. */
    public enum Kind {
        /** The key is set, and wasn’t before. */
        ADDED,
        /** The key is set to a different value. */
        CHANGED,
        /** The key is removed, whether or not it has a default. */
        REMOVED,
        /** The override is removed, so the default applies again. */
        RESET
    }

    /**
     * Returns the changes from the older to the newer overrides, in the order of the newer ones, followed by those that
     * no longer exist.
     */
    @ModuleInternal
    public static List<OverrideDiff> between(Overrides before, Overrides after) {
        Set<String> keys = new LinkedHashSet<>(after.asMap().keySet());
        keys.addAll(before.asMap().keySet());
        List<OverrideDiff> changes = new ArrayList<>();
        for (String key : keys) {
            OverrideDiff change = of(key, before, after);
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    @CheckForNull
    private static OverrideDiff of(String key, Overrides before, Overrides after) {
        String from = before.value(key).orElse(null);
        String to = after.value(key).orElse(null);
        if (!after.asMap().containsKey(key)) {
            return new OverrideDiff(key, Kind.RESET, from, null);
        }
        if (after.isRemoved(key)) {
            return before.isRemoved(key) ? null : new OverrideDiff(key, Kind.REMOVED, from, null);
        }
        if (from == null) {
            return new OverrideDiff(key, Kind.ADDED, null, to);
        }
        return from.equals(to) ? null : new OverrideDiff(key, Kind.CHANGED, from, to);
    }

    public String getKey() {
        return key;
    }

    public String getKind() {
        return kind.name();
    }

    /** Returns the kind in a word. */
    public String getWord() {
        return switch (kind) {
            case ADDED -> Messages.OverrideDiff_added();
            case CHANGED -> Messages.OverrideDiff_changed();
            case REMOVED -> Messages.OverrideDiff_removed();
            case RESET -> Messages.OverrideDiff_reset();
        };
    }

    @CheckForNull
    public String getFrom() {
        return from;
    }

    @CheckForNull
    public String getTo() {
        return to;
    }
}
