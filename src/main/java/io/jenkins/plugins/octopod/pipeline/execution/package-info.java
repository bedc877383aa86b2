/**
 * Parts of a step’s execution: its request, its authentication, its submission, and the copy of the run’s log. Knows no
 * step.
 */
package io.jenkins.plugins.octopod.pipeline.execution;
