/**
 * What administrators see of stagings and their checks: a page, a monitor, and for plugins that are there, metrics and a part of
 * the support bundle. All of it shows {@code staging.statistics}.
 */
package io.jenkins.plugins.octopod.dashboard.admin;
