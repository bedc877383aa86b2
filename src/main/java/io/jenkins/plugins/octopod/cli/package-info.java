/**
 * The commands of Jenkins’ CLI, which go through the façade in {@code staging} as every entry point does: a class for each
 * command, and a few for the options that they share, for following a run, and for what they print. Nothing may depend on it.
 */
package io.jenkins.plugins.octopod.cli;
