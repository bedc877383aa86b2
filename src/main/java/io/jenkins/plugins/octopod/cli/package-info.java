/**
 * The commands of Jenkins’ CLI, which go through the façade in {@code staging} as every entry point does: a class for each
 * command. {@code options} has what they share, {@code output} what they print. Nothing may depend on it.
 */
package io.jenkins.plugins.octopod.cli;
