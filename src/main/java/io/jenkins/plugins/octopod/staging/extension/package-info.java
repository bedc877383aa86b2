/**
 * Extension points for other packages of this plugin: parts of a staging’s page, URLs below the stagings, and
 * whether a run that begins is still to be done.
 */
package io.jenkins.plugins.octopod.staging.extension;
