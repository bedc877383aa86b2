/** Schedules of a project in Jenkins' own syntax. Uses no other package of the project. */
package io.jenkins.plugins.octopod.project.schedule;
