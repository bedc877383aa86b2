/**
 * Values in Pipelines: overrides as maps, names resolved from a branch, and the results of steps. Uses the façade’s
 * types; knows no step.
 */
package io.jenkins.plugins.octopod.pipeline.value;
