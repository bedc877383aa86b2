package io.jenkins.plugins.octopod.kubernetes.client;

import io.jenkins.plugins.octopod.ModuleInternal;

/** A cluster can’t be spoken to; the message says why, in a sentence. */
@ModuleInternal
public final class ClusterException extends Exception {

    private static final long serialVersionUID = 1L;

    ClusterException(String sentence) {
        super(sentence);
    }

    public ClusterException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
