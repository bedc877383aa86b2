/**
 * The operations that pages offer on a staging, with their confirmation pages.
 */
package io.jenkins.plugins.octopod.dashboard.operation;
