/**
 * What is stored of a staging: desired and observed state, their files and XML, and the policy of its lifetime.
 * Knows no item.
 */
package io.jenkins.plugins.octopod.staging.state;
