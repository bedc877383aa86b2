/**
 * Execution of runs: the action on its agent, its script, and the checks until the expected status is reached. Packages
 * below use it only through {@code RunLifecycle}.
 */
package io.jenkins.plugins.octopod.staging.run;
