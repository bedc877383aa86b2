/**
 * Keeping statuses true between runs: every staging that isn't archived is asked how it is, many at once, by one remote call
 * for each agent and project. Nothing here may block the scheduler, use an executor, or write what was known. May use what
 * {@code staging} may; the layers of {@code staging} above it and entry points use it.
 */
package io.jenkins.plugins.octopod.staging.checks;
