package io.jenkins.plugins.octopod.staging.turn;

/** What becomes of a request while another action is pending on its staging. */
public enum IfBusy {
    /** It is refused. */
    REFUSE,
    /** It waits until the staging is free, and is submitted then. */
    WAIT;

    /** Returns the choice of a caller who wants either to wait or an immediate refusal. */
    public static IfBusy of(boolean waiting) {
        return waiting ? WAIT : REFUSE;
    }
}
