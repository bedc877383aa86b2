/**
 * What happens in a run: the action on its agent, its script, and the checks until the expected status is reached.
 * Nothing below it knows it but by {@code RunLifecycle}.
 */
package io.jenkins.plugins.octopod.staging.run;
