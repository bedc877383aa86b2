/**
 * Room for the Jenkins CLI commands, which go through the façade in {@code staging} as every entry point does.
 * Nothing may depend on it.
 */
package io.jenkins.plugins.octopod.cli;
