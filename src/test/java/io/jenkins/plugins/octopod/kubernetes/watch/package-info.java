/** Watches of clusters. */
package io.jenkins.plugins.octopod.kubernetes.watch;
