/**
 * Clients of clusters: endpoint, credentials, kubeconfig, and the connection test. Uses no other package of
 * {@code kubernetes}.
 */
package io.jenkins.plugins.octopod.kubernetes.client;
