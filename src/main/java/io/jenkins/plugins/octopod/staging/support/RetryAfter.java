package io.jenkins.plugins.octopod.staging.support;

/** The header that tells a client when to repeat a request that failed because an agent or Jenkins was unavailable. */
public final class RetryAfter {

    public static final String HEADER = "Retry-After";

    /** Value of the header, in seconds. */
    public static final String SECONDS = "30";

    private RetryAfter() {}
}
