/**
 * Control scripts on agents: the tool that installs them, short scripts, and durable scripts that survive a lost
 * connection or a restart of the controller. Knows agents and processes, but neither projects nor stagings. May use
 * {@code engine} only.
 */
package io.jenkins.plugins.octopod.scripts;
