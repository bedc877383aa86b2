package io.jenkins.plugins.octopod.dashboard.compare;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.staging.defaults.EffectiveValue;
import java.util.Objects;

/**
 * Value of a key on one side of a comparison.
 *
 * @param kind what is known about the value
 * @param value value; null if there is none, or it is unknown
 */
public record ComparedValue(Kind kind, @CheckForNull String value) {

    /** What is known about a value. */
    public enum Kind {
        /** The default. */
        DEFAULT,
        /** Set by an override, or the URL of a link. */
        SET,
        /** Removed by an override. */
        REMOVED,
        /** The key has no value. */
        NONE,
        /** The key isn’t overridden, and the viewer can’t know its default. */
        UNKNOWN
    }

    static final ComparedValue NONE = new ComparedValue(Kind.NONE, null);
    static final ComparedValue UNKNOWN = new ComparedValue(Kind.UNKNOWN, null);

    static ComparedValue set(String value) {
        return new ComparedValue(Kind.SET, value);
    }

    static ComparedValue of(EffectiveValue effective) {
        return switch (effective.origin()) {
            case DEFAULT -> new ComparedValue(Kind.DEFAULT, effective.value());
            case REMOVED -> new ComparedValue(Kind.REMOVED, null);
            default -> set(effective.value());
        };
    }

    /** Returns whether both sides are known to have the same value, or none. An override can be equal to a default. */
    boolean sameAs(ComparedValue other) {
        return kind != Kind.UNKNOWN && other.kind != Kind.UNKNOWN && Objects.equals(value, other.value);
    }

    boolean isOverride() {
        return kind == Kind.SET || kind == Kind.REMOVED;
    }

    public String getKind() {
        return kind.name();
    }

    @CheckForNull
    public String getValue() {
        return value;
    }
}
