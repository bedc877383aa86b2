/** Common options and arguments of commands. Knows no command. */
package io.jenkins.plugins.octopod.cli.options;
