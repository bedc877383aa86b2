package io.jenkins.plugins.octopod.scripts.ask;

import java.io.Serializable;
import java.time.Duration;

/**
 * Limit on the number of scripts that run at the same time.
 *
 * @param pool name of the limit; all callers that use the same name share one limit
 * @param maxParallel maximum number of scripts of the pool that run at the same time on one agent
 * @param timeout time limit of each script, from its own start; then it is killed with all processes that it started
 */
public record ConcurrencyLimit(String pool, int maxParallel, Duration timeout) implements Serializable {}
