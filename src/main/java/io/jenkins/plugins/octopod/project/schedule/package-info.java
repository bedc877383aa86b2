/** Times at which something happens in a project, in Jenkins' own syntax. It uses no other package of the project. */
package io.jenkins.plugins.octopod.project.schedule;
