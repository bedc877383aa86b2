/**
 * Extension points for other packages of this plugin: parts of a staging’s page, and URLs below the stagings.
 */
package io.jenkins.plugins.octopod.staging.extension;
