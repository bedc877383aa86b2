/**
 * What the execution of a step consists of: the request as its step states it, its authentication, its submission,
 * and the copy of the run’s log. Knows no step.
 */
package io.jenkins.plugins.octopod.pipeline.execution;
