/**
 * Addresses and Markdown of stagings for places outside Jenkins, such as pull requests. Everything from control scripts
 * is escaped here.
 */
package io.jenkins.plugins.octopod.staging.sharing;
