package io.jenkins.plugins.octopod.staging.request;

import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;

/**
 * A request that was accepted: its run is queued.
 *
 * @param staging staging of the request
 * @param action action that the request results in
 * @param requestId id that identifies the request’s run, see {@link StagingRunParameters#getRequestId}
 */
public record AcceptedRequest(Staging staging, StagingAction action, String requestId) {}
