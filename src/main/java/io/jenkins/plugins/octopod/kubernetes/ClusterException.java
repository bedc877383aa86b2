package io.jenkins.plugins.octopod.kubernetes;

/** A cluster can’t be spoken to; the message says why, in a sentence. */
final class ClusterException extends Exception {

    private static final long serialVersionUID = 1L;

    ClusterException(String sentence) {
        super(sentence);
    }

    ClusterException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
