/** View models for several pages: statuses, runs, operations and overrides. Knows no page. */
package io.jenkins.plugins.octopod.dashboard.model;
