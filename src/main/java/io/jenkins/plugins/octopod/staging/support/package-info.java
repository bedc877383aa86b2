/**
 * Helpers that don’t depend on stagings: the clock, relative times, time limits, retries of storage, deletion of files,
 * names of requesters.
 */
package io.jenkins.plugins.octopod.staging.support;
