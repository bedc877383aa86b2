/**
 * What a project’s cluster says of its stagings: live, by watching. May use {@code staging} and what is below; everything
 * works without it. Whatever names a class of the Kubernetes client is loaded only where the plugin kubernetes-client-api is there; the
 * project’s property, which may be stored where it isn’t any more, names none.
 */
package io.jenkins.plugins.octopod.kubernetes;
