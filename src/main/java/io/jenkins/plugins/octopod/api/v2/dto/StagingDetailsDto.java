package io.jenkins.plugins.octopod.api.v2.dto;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A staging with the properties that lists contain, and its full configuration. */
public record StagingDetailsDto(@JsonUnwrapped StagingDto staging, ConfigurationDto configuration) {}
