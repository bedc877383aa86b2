/**
 * Watches: one connection per cluster, informers per namespace, and the watched stagings. Uses clients, but no settings
 * of projects.
 */
package io.jenkins.plugins.octopod.kubernetes.watch;
