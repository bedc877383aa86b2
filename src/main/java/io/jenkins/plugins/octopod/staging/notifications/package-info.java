/**
 * Runs the {@code notifications} script after changes of status. The code that makes a change never waits for it. May
 * use what {@code staging} may; nothing uses it.
 */
package io.jenkins.plugins.octopod.staging.notifications;
