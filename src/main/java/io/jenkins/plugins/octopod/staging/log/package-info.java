/**
 * The log of a run: the console with an index that tells stdout and stderr apart. Knows no staging.
 */
package io.jenkins.plugins.octopod.staging.log;
