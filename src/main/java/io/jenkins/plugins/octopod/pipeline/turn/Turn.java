package io.jenkins.plugins.octopod.pipeline.turn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;

/** Step that waits until a staging is free. Its methods don’t block, and can be called on any thread. */
interface Turn {

    /** Returns the build that the step belongs to. */
    @NonNull
    Run<?, ?> build();

    /** Makes the step submit its request again on another thread, because the staging might be free. */
    void take();

    /** Ends the step, because a newer build of the same job waits for the same staging. */
    void supersede(Run<?, ?> newer);
}
