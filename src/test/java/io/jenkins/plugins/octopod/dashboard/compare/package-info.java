/** Tests of the page that compares stagings. */
package io.jenkins.plugins.octopod.dashboard.compare;
