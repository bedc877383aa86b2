package io.jenkins.plugins.octopod.api.v2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.octopod.api.Problem;
import io.jenkins.plugins.octopod.api.Reply;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** The API’s own description, as OpenAPI has it. */
final class DescriptionCalls {

    /** {@code docs/openapi.yaml}, which the build puts beside this class. */
    private static final String FILE = "openapi.yaml";

    private DescriptionCalls() {}

    static Reply yaml(V2Request request) throws Problem, IOException {
        request.requireNoQuery();
        return Reply.of(200, "application/yaml;charset=utf-8", description());
    }

    static Reply json(V2Request request) throws Problem, IOException {
        request.requireNoQuery();
        JsonNode tree = new YAMLMapper().readTree(description());
        return Forms.reply(200, tree);
    }

    private static byte[] description() throws IOException {
        try (InputStream in = DescriptionCalls.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new FileNotFoundException(FILE);
            }
            return in.readAllBytes();
        }
    }
}
