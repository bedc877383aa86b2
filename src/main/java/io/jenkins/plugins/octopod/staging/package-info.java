/**
 * Stagings as Jenkins items, what happens to them as runs, and {@code StagingService}, the one façade through which
 * every entry point (form, Pipeline, CLI, HTTP) asks for something. May use {@code project}, {@code scripts},
 * {@code health} and {@code engine}, never an entry point.
 */
package io.jenkins.plugins.octopod.staging;
