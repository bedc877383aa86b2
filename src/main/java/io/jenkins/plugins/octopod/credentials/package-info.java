/**
 * Jenkins’ credentials for control scripts: which of them a project binds, and what becomes of overrides that name one. It
 * answers what {@code project} asks of it; nothing may depend on it, and it may use {@code project} and what is below.
 */
package io.jenkins.plugins.octopod.credentials;
