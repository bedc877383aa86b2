package io.jenkins.plugins.octopod.api.v1;

import hudson.model.Item;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.v1.dto.ConfigurationEntry;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.defaults.CachedValue;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import io.jenkins.plugins.octopod.staging.support.MessageDisclosure;
import io.jenkins.plugins.octopod.staging.support.WaitingRequestThreads;
import java.io.IOException;
import java.time.Duration;

/** Endpoints for the output of the config scripts. Cached output is used if it is available. */
final class ConfigurationEndpoints {

    /** Time limit, because a script may take a minute. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private ConfigurationEndpoints() {}

    static ApiResponse deploymentKeys(ApiRequest request) throws RefusalException, InterruptedException {
        return keys(request, ControlScript.DEPLOYMENT_CONFIG_KEYS, Configuration.EMPTY);
    }

    static ApiResponse deploymentDefaults(ApiRequest request) throws RefusalException, InterruptedException {
        return defaults(request, ControlScript.DEPLOYMENT_CONFIG, Configuration.EMPTY);
    }

    static ApiResponse applicationKeys(ApiRequest request)
            throws RefusalException, ApiException, IOException, InterruptedException {
        return keys(request, ControlScript.APPLICATION_CONFIG_KEYS, deployment(request));
    }

    static ApiResponse applicationDefaults(ApiRequest request)
            throws RefusalException, ApiException, IOException, InterruptedException {
        return defaults(request, ControlScript.APPLICATION_CONFIG, deployment(request));
    }

    private static ApiResponse keys(ApiRequest request, ControlScript script, Configuration deployment)
            throws RefusalException, InterruptedException {
        OctopodProject project = request.project();
        checkPermission(project);
        try (WaitingRequestThreads.Permit ignored = permit(project, script, deployment)) {
            return V1Responses.ok(
                    known(project, script, DefaultsService.get().awaitKeys(project, script, deployment, LIMIT)));
        }
    }

    private static ApiResponse defaults(ApiRequest request, ControlScript script, Configuration deployment)
            throws RefusalException, InterruptedException {
        OctopodProject project = request.project();
        checkPermission(project);
        try (WaitingRequestThreads.Permit ignored = permit(project, script, deployment)) {
            return V1Responses.ok(ConfigurationEntry.listOf(
                    known(project, script, DefaultsService.get().awaitDefaults(project, script, deployment, LIMIT))));
        }
    }

    /** Returns a permit for a thread that may wait. Cached output needs none. */
    private static WaitingRequestThreads.Permit permit(
            OctopodProject project, ControlScript script, Configuration deployment) throws RefusalException {
        return DefaultsService.get().isKnown(project, script, deployment) ? () -> {} : WaitingRequestThreads.acquire();
    }

    private static Configuration deployment(ApiRequest request) throws RefusalException, ApiException, IOException {
        checkPermission(request.project());
        return ConfigurationEntry.configuration(request.body(RequestBodies.CONFIGURATION));
    }

    /**
     * Checks the permission. Script output requires the same permission as logs, but users who can create stagings need
     * the default values.
     */
    private static void checkPermission(OctopodProject project) {
        if (!project.hasPermission(Item.CREATE)) {
            project.checkPermission(StagingPermissions.LOG);
        }
    }

    private static <V> V known(OctopodProject project, ControlScript script, CachedValue<V> cachedValue)
            throws RefusalException {
        if (cachedValue instanceof CachedValue.Ready<V> ready) {
            return ready.value();
        }
        String failure = MessageDisclosure.textOf(project, cachedValue.failure());
        String sentence = failure == null
                ? Messages.ConfigurationEndpoints_timedOut(script.fileName(), LIMIT.toSeconds())
                : failure;
        throw new RefusalException(Reason.UNAVAILABLE, sentence);
    }
}
