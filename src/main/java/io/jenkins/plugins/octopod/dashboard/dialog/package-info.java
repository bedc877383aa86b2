/**
 * What the dialog for a new staging and for updates asks Jenkins: whether a name can be had, what the defaults are, what
 * a staging has now; and what is sent from it. Uses {@code dashboard.model},
 * {@code dashboard.web} and {@code dashboard.background}.
 */
package io.jenkins.plugins.octopod.dashboard.dialog;
