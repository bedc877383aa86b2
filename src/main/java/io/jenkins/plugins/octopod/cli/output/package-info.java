/** Output of commands: text, tables and JSON, and the log of a run. Knows no command. */
package io.jenkins.plugins.octopod.cli.output;
