/**
 * Checks in pull requests: what becomes of a Pipeline’s deployments, published by the plugin Checks API. Classes that
 * refer to that plugin are loaded only if it is installed; nothing outside this package refers to this package.
 */
package io.jenkins.plugins.octopod.pipeline.pullrequest;
