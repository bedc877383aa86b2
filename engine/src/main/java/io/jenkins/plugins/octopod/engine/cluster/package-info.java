/**
 * How a staging is by what a Kubernetes cluster says of its workloads, and why, in words for people. Knows no client: what
 * a cluster says comes in as records of this package. May use {@code engine}, and nothing else.
 */
package io.jenkins.plugins.octopod.engine.cluster;
