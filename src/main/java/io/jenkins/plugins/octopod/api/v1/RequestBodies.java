package io.jenkins.plugins.octopod.api.v1;

import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.plugins.octopod.api.RequestBody;
import io.jenkins.plugins.octopod.api.v1.dto.ConfigurationEntry;
import io.jenkins.plugins.octopod.api.v1.dto.Deployment;
import io.jenkins.plugins.octopod.api.v1.dto.Update;
import java.util.List;

/** JSON bodies that requests to API v1 must have. */
final class RequestBodies {

    static final RequestBody<Deployment> DEPLOYMENT = new RequestBody<>(
            V1Json.MAPPER,
            new TypeReference<>() {},
            "{\"name\":\"orange-button\",\"app_overrides\":[[\"DEBUG\",{\"tag\":\"ValueDeleted\"}]],"
                    + "\"deployment_overrides\":[[\"image.tag\",{\"tag\":\"ValueAdded\",\"contents\":\"015f16e\"}]]}");

    static final RequestBody<Update> UPDATE = new RequestBody<>(
            V1Json.MAPPER,
            new TypeReference<>() {},
            "{\"app_overrides\":[[\"DEBUG\",{\"tag\":\"ValueDeleted\"}]],"
                    + "\"deployment_overrides\":[[\"image.tag\",{\"tag\":\"ValueAdded\",\"contents\":\"015f16e\"}]]}");

    static final RequestBody<List<ConfigurationEntry>> CONFIGURATION =
            new RequestBody<>(V1Json.MAPPER, new TypeReference<>() {}, "[[\"image.tag\",\"015f16e\"]]");

    private RequestBodies() {}
}
