/**
 * Keeps statuses up to date between runs. All stagings that aren’t archived are checked, many at once, with one remote
 * call for each agent and project. Nothing here may block the scheduler, use an executor, or write data that was known
 * already. May use what {@code staging} may; the layers of {@code staging} above it and entry points use it.
 */
package io.jenkins.plugins.octopod.staging.checks;
