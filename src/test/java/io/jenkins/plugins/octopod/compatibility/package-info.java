/** Tests that read what earlier states of the plugin have written. */
package io.jenkins.plugins.octopod.compatibility;
