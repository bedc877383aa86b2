package io.jenkins.plugins.octopod.staging.support;

/** The header that says when to ask again for what is unavailable now: an agent may be there by then, or Jenkins again. */
public final class RetryAfter {

    public static final String HEADER = "Retry-After";

    /** The value of the header, in seconds. */
    public static final String SECONDS = "30";

    private RetryAfter() {}
}
