package io.jenkins.plugins.octopod.api.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.octopod.api.v2.http.ProblemType;
import io.jenkins.plugins.octopod.fixtures.OpenApi;
import io.jenkins.plugins.octopod.fixtures.OpenApiClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is described is what there is, and what is served is what is described. */
@Tag("jenkins")
class DescriptionTest {

    @Test
    @WithJenkins
    void isServedAsItIsInTheDocumentation(JenkinsRule jenkins) throws Exception {
        OpenApiClient client = new OpenApiClient(jenkins.getURL(), null);
        OpenApiClient.OpenApiResponse yaml =
                client.call("describeInYaml").send().expect(200);
        assertEquals(Files.readString(OpenApi.FILE), yaml.body());
        OpenApiClient.OpenApiResponse json =
                client.call("describeInJson").send().expect(200);
        assertEquals(new YAMLMapper().readTree(OpenApi.FILE.toFile()), json.json());
    }

    @Test
    void everyRouteIsDescribedAndNothingElse() {
        String routes = lines(Routes.ALL.stream().map(route -> route.method() + " /" + String.join("/", route.path())));
        String described = lines(new OpenApi().operations().stream().map(call -> call.method() + ' ' + call.path()));
        assertEquals(routes, described);
    }

    @Test
    void everyParameterInAnAddressIsDescribed() {
        for (OpenApi.Operation call : new OpenApi().operations()) {
            String inPath = lines(Arrays.stream(call.path().split("/"))
                    .filter(part -> part.startsWith("{"))
                    .map(part -> part.substring(1, part.length() - 1)));
            String described = lines(call.parameters().stream()
                    .filter(parameter -> parameter.path("in").asText().equals("path"))
                    .map(parameter -> parameter.path("name").asText()));
            assertEquals(inPath, described, call.id());
        }
    }

    @Test
    void everyKindOfProblemIsDocumented() throws Exception {
        String page = Files.readString(Path.of("docs/api.md"));
        for (ProblemType type : ProblemType.values()) {
            String anchor = type.uri().substring(type.uri().indexOf('#') + 1);
            assertTrue(page.contains("<a id=\"" + anchor + "\"></a>"), anchor);
        }
    }

    private static String lines(Stream<String> lines) {
        return lines.collect(Collectors.toCollection(TreeSet::new)).stream().collect(Collectors.joining("\n"));
    }
}
