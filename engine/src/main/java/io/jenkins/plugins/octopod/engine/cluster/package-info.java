/**
 * Health of a staging, derived from a Kubernetes cluster’s view of its workloads, with messages for users. Knows no
 * client: the cluster’s objects are mapped to records of this package. May use {@code engine} only.
 */
package io.jenkins.plugins.octopod.engine.cluster;
