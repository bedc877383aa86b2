package io.jenkins.plugins.octopod.engine;

/**
 * Where an event leads.
 *
 * @param status null if the staging is gone
 */
public record Transition(Status status) {

    /** The staging, its resources and its item are deleted. */
    public static final Transition GONE = new Transition(null);

    static Transition to(Status status) {
        return new Transition(status);
    }

    public boolean isGone() {
        return status == null;
    }
}
