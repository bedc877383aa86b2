/**
 * Stored data of a staging: desired and observed state, their files and XML, and the policy of its lifetime. Does not
 * depend on the item.
 */
package io.jenkins.plugins.octopod.staging.state;
