/**
 * The rules of staging, without Jenkins: names, statuses and their transitions, overrides over defaults, which control
 * scripts there are and what each is told, and how what they print and exit with is read.
 *
 * <p>Nothing here may import {@code hudson.*} or {@code jenkins.*}: this module has a build of its own that would fail.
 * Everything here is immutable and safe to use from any thread.
 */
package io.jenkins.plugins.octopod.engine;
