package io.jenkins.plugins.octopod.pipeline;

import java.io.Serializable;

/** The copied log of a step in a Pipeline that was stored before {@link StoredStep} existed. Read only; never written. */
final class RunLog implements Serializable {

    private static final long serialVersionUID = 1L;

    private long offset;

    long offset() {
        return offset;
    }
}
