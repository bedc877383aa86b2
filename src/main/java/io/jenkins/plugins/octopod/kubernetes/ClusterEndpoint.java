package io.jenkins.plugins.octopod.kubernetes;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Where a cluster is, and by which credentials it is spoken to.
 *
 * @param server address of its API; null for what the kubeconfig says, or for the cluster that Jenkins is in
 * @param caCertificate the certificate, in PEM, that vouches for the server’s; null for those that Java trusts
 * @param credentialsId null for none; without a server, for those that the cluster gives to each pod in it
 */
record ClusterEndpoint(
        @CheckForNull String server,
        @CheckForNull String caCertificate,
        @CheckForNull String credentialsId) {}
