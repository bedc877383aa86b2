/**
 * Live status of stagings in a project’s cluster. May use {@code staging} and the packages below it, which work without
 * this one. A class that refers to the Kubernetes client is loaded only if the plugin kubernetes-client-api is
 * installed. The project’s property refers to no class of the client, because it can be stored without that plugin.
 */
package io.jenkins.plugins.octopod.kubernetes;
