/**
 * Helpers without knowledge of stagings: the clock, time limits, retries of storage, names of requesters.
 */
package io.jenkins.plugins.octopod.staging.support;
