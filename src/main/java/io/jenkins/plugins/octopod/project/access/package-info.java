/**
 * Access to a project beyond permissions: builds that may use it if they act as no user ({@code PipelineAccess}), agents
 * that may run its scripts ({@code RunItem}), and what readers of a repository see ({@code PullRequestChecks}). Doesn't
 * depend on the project.
 */
package io.jenkins.plugins.octopod.project.access;
