/**
 * Accepted operations and idempotency keys, kept in memory. Knows no endpoint.
 */
package io.jenkins.plugins.octopod.api.v2.operations;
