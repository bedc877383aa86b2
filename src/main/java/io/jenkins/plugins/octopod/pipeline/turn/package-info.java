/**
 * Steps that wait because their staging is busy: which step is next, and which steps newer builds have superseded.
 * Knows no step; uses {@code pipeline.execution}.
 */
package io.jenkins.plugins.octopod.pipeline.turn;
