/**
 * The cluster’s part of a staging’s page, and the logs of pods. Reads the watched state. No other package of
 * {@code kubernetes} uses it.
 */
package io.jenkins.plugins.octopod.kubernetes.page;
