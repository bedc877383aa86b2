/**
 * The endpoints of the API, one class for a group of resources. Uses all other packages of {@code api.v2}; only
 * its routes use it.
 */
package io.jenkins.plugins.octopod.api.v2.calls;
