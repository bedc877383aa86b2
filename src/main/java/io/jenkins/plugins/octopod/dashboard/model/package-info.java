/**
 * View models that several pages use: statuses, times, operations and overrides as they are shown. Knows no page.
 */
package io.jenkins.plugins.octopod.dashboard.model;
