/**
 * Values of Pipelines: overrides as maps, names resolved from a branch, and what steps return. Uses the façade’s
 * types; knows no step.
 */
package io.jenkins.plugins.octopod.pipeline.value;
