/**
 * What an administrator allows or limits for the whole controller: the section <em>Octopod</em> of <em>Manage Jenkins &gt;
 * Security</em>. It uses nothing of the other packages, so that all of them may ask it.
 */
package io.jenkins.plugins.octopod.security;
