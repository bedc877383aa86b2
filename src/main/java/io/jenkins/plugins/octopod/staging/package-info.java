/**
 * Stagings as Jenkins items, and what happens to them as runs. Every entry point (form, Pipeline, CLI, HTTP) requests
 * changes through the façade in {@code staging.request}. May use {@code project}, {@code scripts},
 * {@code health} and {@code engine}, never an entry point.
 */
package io.jenkins.plugins.octopod.staging;
