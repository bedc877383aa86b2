/**
 * Commands of Jenkins’ CLI, one class each. They use the façade in {@code staging} like every entry point.
 * {@code options} has their common options, and {@code output} their output. Nothing may depend on this package.
 */
package io.jenkins.plugins.octopod.cli;
