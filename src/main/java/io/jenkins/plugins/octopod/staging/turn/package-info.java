/**
 * Requests that wait until their staging is free: how they are stored, called off, and submitted when their turn comes. Above
 * {@code staging.request}, which refuses at once.
 */
package io.jenkins.plugins.octopod.staging.turn;
