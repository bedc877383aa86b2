package io.jenkins.plugins.octopod.api.v1;

/** A request that can’t be answered as it is; the message is a sentence that says what was expected. */
final class Problem extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status of HTTP */
    Problem(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    int status() {
        return status;
    }
}
