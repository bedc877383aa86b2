package io.jenkins.plugins.octopod.api.v2.forms;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** All that a list has of a staging, and its full configuration beside that. */
public record StagingDetailsDto(@JsonUnwrapped StagingDto staging, ConfigurationDto configuration) {}
