/**
 * The request that waits until its staging is free, and its file: values, as in {@code staging.state}. Knows no staging.
 */
package io.jenkins.plugins.octopod.staging.waiting;
