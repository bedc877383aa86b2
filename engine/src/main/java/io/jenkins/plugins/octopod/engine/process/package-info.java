/**
 * Runs a control script on the machine of this JVM, even if the script prints endlessly, hangs, or leaves children that
 * keep its output open. Also finds and kills everything that a script has started.
 *
 * <p>It runs on the controller, on agents and in the bench, so only the JDK may be imported here. Streaming of output
 * is not part of it: a result is available when the script has ended.
 */
package io.jenkins.plugins.octopod.engine.process;
