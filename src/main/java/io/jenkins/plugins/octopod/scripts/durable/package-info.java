/**
 * Scripts that outlive a lost connection and restarts: starting, following and killing them on an agent.
 */
package io.jenkins.plugins.octopod.scripts.durable;
