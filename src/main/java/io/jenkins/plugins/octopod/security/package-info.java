/**
 * Permissions and limits for the whole controller: the section <em>Octopod</em> of <em>Manage Jenkins &gt;
 * Security</em>. Uses no other package, so that all of them may use it.
 */
package io.jenkins.plugins.octopod.security;
