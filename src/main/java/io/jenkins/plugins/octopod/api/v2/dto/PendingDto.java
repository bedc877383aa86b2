package io.jenkins.plugins.octopod.api.v2.dto;

import io.jenkins.plugins.octopod.api.v2.format.ApiFormat;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.state.PendingAction;

/**
 * An action of a staging that is waiting or running.
 *
 * @param operation URL of the operation
 */
public record PendingDto(String action, String operation) {

    static PendingDto of(Staging staging, PendingAction pending) {
        return new PendingDto(
                ApiFormat.of(pending.action()),
                ApiUrls.operation(staging.getParent().getFullName(), staging.getName(), pending.requestId()));
    }
}
