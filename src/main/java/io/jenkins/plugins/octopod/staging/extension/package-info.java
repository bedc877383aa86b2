/**
 * Extension points for other packages of this plugin: parts of a staging’s page, URLs below the stagings, and whether
 * the request of a run that begins is still valid.
 */
package io.jenkins.plugins.octopod.staging.extension;
