/**
 * What commands print: text, tables and JSON, and the log of a run that is followed. Knows no command.
 */
package io.jenkins.plugins.octopod.cli.output;
