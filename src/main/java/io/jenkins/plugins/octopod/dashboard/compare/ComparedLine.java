package io.jenkins.plugins.octopod.dashboard.compare;

/**
 * One key of two configurations.
 *
 * @param key key of the configuration, or name of a link
 */
public record ComparedLine(String key, ComparedValue left, ComparedValue right) {

    public String getKey() {
        return key;
    }

    public ComparedValue getLeft() {
        return left;
    }

    public ComparedValue getRight() {
        return right;
    }

    boolean isDifferent() {
        return !left.sameAs(right);
    }
}
