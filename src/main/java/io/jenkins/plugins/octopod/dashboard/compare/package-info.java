/**
 * The page that compares a staging with a different one or with the defaults. Uses the models of {@code dashboard.model}.
 */
package io.jenkins.plugins.octopod.dashboard.compare;
