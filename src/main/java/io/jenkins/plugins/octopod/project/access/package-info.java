/**
 * What is allowed in a project beyond permissions: which builds may use it if they act for no user ({@code PipelineAccess}), and on
 * which agents its scripts may run ({@code RunItem}). It doesn't know the project.
 */
package io.jenkins.plugins.octopod.project.access;
