/** Tests the stagings on the pages of builds and jobs. */
package io.jenkins.plugins.octopod.dashboard.build;
