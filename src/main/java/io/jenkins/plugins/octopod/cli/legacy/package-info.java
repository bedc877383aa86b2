/**
 * Client and parsers for a server of the original Octopod, for {@code octopod-import}. The records of {@code api.v1}
 * aren’t used, because entry points don’t depend on each other. Those are also strict with requests, but these parsers
 * ignore additional fields of other versions of the original.
 */
package io.jenkins.plugins.octopod.cli.legacy;
