/**
 * Options and arguments that commands share. Knows no command.
 */
package io.jenkins.plugins.octopod.cli.options;
