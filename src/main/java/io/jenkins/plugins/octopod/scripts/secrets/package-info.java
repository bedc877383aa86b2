/**
 * Secrets of scripts: as arguments, variables and files, and the mask that removes them from output. Doesn’t run
 * scripts.
 */
package io.jenkins.plugins.octopod.scripts.secrets;
