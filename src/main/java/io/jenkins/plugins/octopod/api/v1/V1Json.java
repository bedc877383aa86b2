package io.jenkins.plugins.octopod.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.jenkins.plugins.octopod.api.StrictJson;

/** JSON mapper of API v1. */
final class V1Json {

    static final ObjectMapper MAPPER = StrictJson.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private V1Json() {}
}
