/**
 * Telling the {@code notifications} script of changes of status, after the fact: whoever makes a change waits for nothing
 * here. May use what {@code staging} may; nothing uses it.
 */
package io.jenkins.plugins.octopod.staging.notifications;
