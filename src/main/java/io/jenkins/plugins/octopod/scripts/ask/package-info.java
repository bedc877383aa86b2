/** Short scripts, one or many in one remote call: their invocations, results, and limits on an agent. */
package io.jenkins.plugins.octopod.scripts.ask;
