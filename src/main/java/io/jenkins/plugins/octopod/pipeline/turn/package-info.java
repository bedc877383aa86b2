/**
 * Steps that wait because something else is at work on their staging: whose turn comes next, and which steps newer builds
 * have superseded. Knows no step; uses {@code pipeline.execution}.
 */
package io.jenkins.plugins.octopod.pipeline.turn;
