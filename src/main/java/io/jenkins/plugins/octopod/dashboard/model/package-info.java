/**
 * View models that several pages use: statuses, runs, operations and overrides as they are shown. Knows no page.
 */
package io.jenkins.plugins.octopod.dashboard.model;
