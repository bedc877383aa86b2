/** Scripts that survive lost connections and restarts: how they are started, followed and killed on an agent. */
package io.jenkins.plugins.octopod.scripts.durable;
