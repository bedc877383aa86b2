/**
 * Room for live workload health from a cluster. May use {@code health} and {@code staging}; everything must
 * work without it.
 */
package io.jenkins.plugins.octopod.kubernetes;
