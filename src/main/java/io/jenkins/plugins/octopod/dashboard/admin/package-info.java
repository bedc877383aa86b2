/**
 * Pages for administrators about stagings and their checks: a page, monitors and, if their plugins are installed,
 * metrics and a part of the support bundle. All of them show {@code staging.statistics}.
 */
package io.jenkins.plugins.octopod.dashboard.admin;
