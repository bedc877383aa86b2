/**
 * Octopod for Jenkins: a separate staging for every feature.
 *
 * <p>Packages depend on each other in one direction:
 * {@code dashboard, pipeline, cli, api, jobdsl, kubernetes, credentials → staging → project, health → scripts → engine}.
 * {@code docs/architecture.md} explains this, and {@code ArchitectureTest} enforces it.
 */
package io.jenkins.plugins.octopod;
