/** Text from outside: scripts, clusters and other servers. Only the JDK may be imported here. */
package io.jenkins.plugins.octopod.engine.text;
