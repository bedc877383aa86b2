package io.jenkins.plugins.octopod.api.v2.dto;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** Staging as in a list, with its full configuration. */
public record StagingDetailsDto(@JsonUnwrapped StagingDto staging, ConfigurationDto configuration) {}
