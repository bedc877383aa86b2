/**
 * The cluster’s part of a staging’s page, and the log of a pod. Reads what is watched; no other package of {@code
 * kubernetes} uses it.
 */
package io.jenkins.plugins.octopod.kubernetes.page;
