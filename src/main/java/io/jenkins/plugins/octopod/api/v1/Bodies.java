package io.jenkins.plugins.octopod.api.v1;

import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.plugins.octopod.api.Body;
import io.jenkins.plugins.octopod.api.v1.forms.ConfigurationEntry;
import io.jenkins.plugins.octopod.api.v1.forms.Deployment;
import io.jenkins.plugins.octopod.api.v1.forms.Update;
import java.util.List;

/** What requests are to have in their bodies. */
final class Bodies {

    static final Body<Deployment> DEPLOYMENT = new Body<>(
            Forms.MAPPER,
            new TypeReference<>() {},
            "{\"name\":\"orange-button\",\"app_overrides\":[[\"DEBUG\",{\"tag\":\"ValueDeleted\"}]],"
                    + "\"deployment_overrides\":[[\"image.tag\",{\"tag\":\"ValueAdded\",\"contents\":\"015f16e\"}]]}");

    static final Body<Update> UPDATE = new Body<>(
            Forms.MAPPER,
            new TypeReference<>() {},
            "{\"app_overrides\":[[\"DEBUG\",{\"tag\":\"ValueDeleted\"}]],"
                    + "\"deployment_overrides\":[[\"image.tag\",{\"tag\":\"ValueAdded\",\"contents\":\"015f16e\"}]]}");

    static final Body<List<ConfigurationEntry>> CONFIGURATION =
            new Body<>(Forms.MAPPER, new TypeReference<>() {}, "[[\"image.tag\",\"015f16e\"]]");

    private Bodies() {}
}
