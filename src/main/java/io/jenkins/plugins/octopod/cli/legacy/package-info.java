/**
 * What a server of the original Octopod says of its stagings, asked for and read for {@code octopod-import}. Read here, and not
 * by the records of {@code api.v1}, as entry points don’t know each other; and as those are strict with what is sent to us, where
 * this passes over what another version of the original may say beyond what is needed.
 */
package io.jenkins.plugins.octopod.cli.legacy;
