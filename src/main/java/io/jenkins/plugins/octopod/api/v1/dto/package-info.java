/**
 * JSON objects of the original’s API, one record each. {@code V1Json} converts the names of their components to snake
 * case.
 */
package io.jenkins.plugins.octopod.api.v1.dto;
