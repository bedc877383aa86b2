/** Tests of the commands of Jenkins’ CLI. */
package io.jenkins.plugins.octopod.cli;
