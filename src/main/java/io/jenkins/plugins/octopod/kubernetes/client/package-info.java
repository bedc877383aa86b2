/**
 * Clients of clusters: endpoint, credentials, kubeconfig, and the test of a connection. Uses no other package of
 * {@code kubernetes}.
 */
package io.jenkins.plugins.octopod.kubernetes.client;
