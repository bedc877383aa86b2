/**
 * Octopod for Jenkins: a staging of its own for every feature.
 *
 * <p>Packages depend one way: {@code dashboard, pipeline, cli, api, jobdsl, kubernetes, credentials → staging →
 * project, health → scripts → engine}. {@code
 * docs/architecture.md} says why, and {@code ArchitectureTest} holds it.
 */
package io.jenkins.plugins.octopod;
