/**
 * Keeping statuses true: what {@code check}, {@code archive_check} and {@code info} say of a staging. May use
 * {@code scripts} and {@code engine}; it is told what to ask about, and doesn't know where that is kept.
 */
package io.jenkins.plugins.octopod.health;
