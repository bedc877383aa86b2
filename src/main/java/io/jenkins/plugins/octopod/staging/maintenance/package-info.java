/**
 * What Jenkins does with stagings by itself, by the rules of their project: each rule is a {@link
 * io.jenkins.plugins.octopod.staging.maintenance.MaintenanceRule}, and what it comes to is an ordinary request to the façade, with a cause
 * of its own. Uses the rest of {@code staging} as entry points do; nothing there knows of it.
 */
package io.jenkins.plugins.octopod.staging.maintenance;
