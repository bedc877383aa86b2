/**
 * Requests of the dialog for new stagings and updates: availability of names, default values, the current state of a
 * staging, and the submission. Uses {@code dashboard.model}, {@code dashboard.web} and {@code dashboard.background}.
 */
package io.jenkins.plugins.octopod.dashboard.dialog;
