/** Clients of clusters. */
package io.jenkins.plugins.octopod.kubernetes.client;
