/**
 * Values that say how long a staging is kept: expiry, pin, and the state and cause of automatic maintenance. Immutable.
 */
package io.jenkins.plugins.octopod.staging.lifetime;
