/**
 * Checks of stagings with {@code check}, {@code archive_check} and {@code info}, and their results. May use
 * {@code scripts} and {@code engine}. Callers provide what to check, and store the results.
 */
package io.jenkins.plugins.octopod.health;
