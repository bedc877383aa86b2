/** Pauses between attempts. Only the JDK may be imported here. */
package io.jenkins.plugins.octopod.engine.time;
