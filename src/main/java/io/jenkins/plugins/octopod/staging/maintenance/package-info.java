/**
 * Automatic maintenance of stagings by the rules of their project. Each rule is a {@link
 * io.jenkins.plugins.octopod.staging.maintenance.MaintenanceRule}. Its result is an ordinary request to the façade,
 * with a cause of its own. Uses the rest of {@code staging} as entry points do; nothing there depends on it.
 */
package io.jenkins.plugins.octopod.staging.maintenance;
