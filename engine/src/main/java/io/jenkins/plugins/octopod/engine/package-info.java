/**
 * Rules for stagings, independent of Jenkins: names, statuses and their transitions, overrides and default values,
 * control scripts and their arguments, and how their output and exit codes are read.
 *
 * <p>Nothing here may import {@code hudson.*} or {@code jenkins.*}, because this module has its own build without them.
 * Everything here is immutable and thread-safe.
 */
package io.jenkins.plugins.octopod.engine;
