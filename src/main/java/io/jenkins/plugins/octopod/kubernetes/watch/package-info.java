/**
 * Watches: one connection per cluster, informers per namespace, and the stagings that they belong to. Knows
 * clients, not projects’ settings.
 */
package io.jenkins.plugins.octopod.kubernetes.watch;
