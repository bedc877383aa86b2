/** What the original says of its stagings, read for an import. */
package io.jenkins.plugins.octopod.cli.legacy;
