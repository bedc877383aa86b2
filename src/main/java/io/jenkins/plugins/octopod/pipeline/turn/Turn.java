package io.jenkins.plugins.octopod.pipeline.turn;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;

/** A step that waits for its turn at a staging. The methods return at once and may be called on any thread. */
interface Turn {

    /** The build that the step belongs to. */
    @NonNull
    Run<?, ?> build();

    /** The staging may be free: the step submits its request again, on a thread of its own. */
    void take();

    /** A newer build of the same job waits for the same staging: the step ends. */
    void supersede(Run<?, ?> newer);
}
