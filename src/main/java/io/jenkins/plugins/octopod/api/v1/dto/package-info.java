/**
 * What the original’s API sends and gets, a record for each JSON object: the names of their components, in the snake case
 * that {@code V1Json} makes of them, are those of the wire.
 */
package io.jenkins.plugins.octopod.api.v1.dto;
