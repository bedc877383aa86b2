/**
 * Jenkins’ credentials for control scripts: a project’s bindings, and overrides that refer to a credential. Implements
 * an extension point of {@code project}. Nothing may depend on it, and it may use {@code project} and the packages
 * below.
 */
package io.jenkins.plugins.octopod.credentials;
