/**
 * Accepted actions: stores, queues, limits and completes them, and resumes them after a restart. Uses the item and the
 * packages below; {@code staging.run} and {@code staging.request} use it.
 */
package io.jenkins.plugins.octopod.staging.queue;
