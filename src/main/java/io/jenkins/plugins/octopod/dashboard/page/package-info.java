/**
 * A staging's own page and those of its runs: what they show, how they are kept up to date, and the badge. Used by pages
 * only.
 */
package io.jenkins.plugins.octopod.dashboard.page;
