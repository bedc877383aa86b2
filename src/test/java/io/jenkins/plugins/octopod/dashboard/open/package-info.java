/** Tests of the page that leads to a staging’s links. */
package io.jenkins.plugins.octopod.dashboard.open;
