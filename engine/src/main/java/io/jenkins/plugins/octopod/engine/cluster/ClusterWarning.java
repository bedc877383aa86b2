package io.jenkins.plugins.octopod.engine.cluster;

import java.time.Instant;

/**
 * An event that Kubernetes warns of.
 *
 * @param kind what it is about, such as {@code Pod}
 * @param name of that
 * @param reason in one word
 * @param message in Kubernetes’ words
 * @param count how often it has happened
 * @param last when it has happened last
 */
public record ClusterWarning(String kind, String name, String reason, String message, int count, Instant last) {

    /** In words for people, see {@link PlainWords}. */
    public String sentence() {
        return PlainWords.of(this);
    }
}
