/**
 * Endpoints of the API, one class for each group of resources. Uses all other packages of {@code api.v2}. Only the
 * routes use it.
 */
package io.jenkins.plugins.octopod.api.v2.calls;
