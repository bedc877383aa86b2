/** Note that users write about a staging, and the rules for its text. Immutable. */
package io.jenkins.plugins.octopod.staging.note;
