/**
 * Pipeline steps: {@code octopodDeploy} and others. Steps contain data and descriptors, and their executions are
 * separate classes. They submit requests through the façade in {@code staging}.
 */
package io.jenkins.plugins.octopod.pipeline;
