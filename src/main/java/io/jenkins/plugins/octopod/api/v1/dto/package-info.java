/**
 * JSON objects of the original’s API, one record each. The properties have the names of the record’s components, which
 * {@code V1Json} converts to snake case.
 */
package io.jenkins.plugins.octopod.api.v1.dto;
