/**
 * Background tasks: requests that users make on pages run on separate threads. The page gets a ticket immediately, and
 * requests the outcome of each task with it. Knows no forms or tables; uses {@code dashboard.web}.
 */
package io.jenkins.plugins.octopod.dashboard.background;
