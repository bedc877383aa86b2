/**
 * The Pipeline steps: {@code octopodDeploy} and its siblings. Steps are data and descriptors, their executions
 * are classes of their own, and what they ask for goes through the façade in {@code staging}.
 */
package io.jenkins.plugins.octopod.pipeline;
