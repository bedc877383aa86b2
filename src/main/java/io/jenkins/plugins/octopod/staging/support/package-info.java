/**
 * Helpers without knowledge of stagings: the clock, relative times, time limits, retries of storage, names of requesters.
 */
package io.jenkins.plugins.octopod.staging.support;
