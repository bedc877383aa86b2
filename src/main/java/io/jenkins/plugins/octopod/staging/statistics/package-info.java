/**
 * Numbers about stagings and their checks: now, and over the last day. Reads no file and changes nothing; pages,
 * metrics and the support bundle show it. May use what {@code staging} may.
 */
package io.jenkins.plugins.octopod.staging.statistics;
