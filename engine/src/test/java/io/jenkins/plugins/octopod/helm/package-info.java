/**
 * The Helm scripts of {@code scripts/helm}, run with the real helm and kubectl against a cluster that speaks the real
 * protocol over a socket but has neither nodes nor rules; {@code ClusterApi} says what is left out.
 */
package io.jenkins.plugins.octopod.helm;
