package io.jenkins.plugins.octopod.staging.request;

import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;

/**
 * A request that was accepted: its run is queued.
 *
 * @param staging that it is about
 * @param action that it came to
 * @param requestId by which its run is known, see {@link StagingRunParameters#getRequestId}
 */
public record AcceptedRequest(Staging staging, StagingAction action, String requestId) {}
