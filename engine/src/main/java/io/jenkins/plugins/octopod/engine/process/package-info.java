/**
 * Running a control script on the machine this JVM is on, whatever the script does: prints without end, hangs, leaves
 * children behind that hold its output open. Also finding and ending everything a script has started.
 *
 * <p>It runs in the controller, in agents and in the bench, so only the JDK may be imported here. What is streamed to
 * people while a script runs is not its concern: a result is there when the script is done.
 */
package io.jenkins.plugins.octopod.engine.process;
