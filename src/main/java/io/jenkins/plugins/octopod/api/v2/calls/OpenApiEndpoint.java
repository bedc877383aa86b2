package io.jenkins.plugins.octopod.api.v2.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.v2.http.V2Json;
import io.jenkins.plugins.octopod.api.v2.http.V2Request;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Endpoint for the OpenAPI description of the API. */
@ModuleInternal
public final class OpenApiEndpoint {

    /** Copy of {@code docs/openapi.yaml} that the build adds to the plugin. */
    private static final String FILE = "openapi.yaml";

    private OpenApiEndpoint() {}

    public static ApiResponse yaml(V2Request request) throws ApiException, IOException {
        request.requireNoQuery();
        return ApiResponse.of(200, "application/yaml;charset=utf-8", description());
    }

    public static ApiResponse json(V2Request request) throws ApiException, IOException {
        request.requireNoQuery();
        JsonNode tree = new YAMLMapper().readTree(description());
        return V2Json.reply(200, tree);
    }

    private static byte[] description() throws IOException {
        try (InputStream in = OpenApiEndpoint.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new FileNotFoundException(FILE);
            }
            return in.readAllBytes();
        }
    }
}
