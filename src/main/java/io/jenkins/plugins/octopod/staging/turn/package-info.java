/**
 * Requests that wait until their staging is free: stores and cancels them, and submits them when the staging is free.
 * Above {@code staging.request}, which refuses at once.
 */
package io.jenkins.plugins.octopod.staging.turn;
