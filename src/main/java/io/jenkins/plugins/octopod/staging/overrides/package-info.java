/** The overrides of a staging, and their version. Immutable values. */
package io.jenkins.plugins.octopod.staging.overrides;
