/** View models for several pages: statuses, runs, operations and overrides. They depend on no page. */
package io.jenkins.plugins.octopod.dashboard.model;
