/**
 * Access to a project beyond permissions: builds that may use it if they act as no user ({@code PipelineAccess}), and
 * agents that may run its scripts ({@code RunItem}). Doesn't depend on the project.
 */
package io.jenkins.plugins.octopod.project.access;
