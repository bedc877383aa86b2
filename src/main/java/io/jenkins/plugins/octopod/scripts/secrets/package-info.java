/**
 * Secrets of scripts: as arguments, variables and files, and the mask that removes them from output. Knows no way
 * to run a script.
 */
package io.jenkins.plugins.octopod.scripts.secrets;
