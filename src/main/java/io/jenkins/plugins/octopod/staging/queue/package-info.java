/**
 * Accepted actions: stored, put into Jenkins’ queue, resumed after a restart, limited and completed. Uses the item
 * and what is below; {@code staging.run} and {@code staging.request} use it.
 */
package io.jenkins.plugins.octopod.staging.queue;
