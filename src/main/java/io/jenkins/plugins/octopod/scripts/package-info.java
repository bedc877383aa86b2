/**
 * Control scripts on agents: the tool that puts them there, asking one for a quick answer, and running one
 * durably, so that it outlives a connection and a restart of the controller. Knows agents and processes, but
 * neither projects nor stagings; may use {@code engine} only.
 */
package io.jenkins.plugins.octopod.scripts;
