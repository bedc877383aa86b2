package io.jenkins.plugins.octopod.scripts;

import java.io.Serializable;
import java.time.Duration;

/**
 * How many scripts are asked at once.
 *
 * @param pool those who name the same share it, whoever asks: what one has asked for counts for the other
 * @param most how many scripts of the pool run at the same time on one agent
 * @param timeout of each script, from its own start; then it is killed with all that it has started
 */
public record ConcurrencyLimit(String pool, int maxParallel, Duration timeout) implements Serializable {}
