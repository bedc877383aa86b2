package io.jenkins.plugins.octopod.api.v2.forms;

import io.jenkins.plugins.octopod.staging.PendingAction;
import io.jenkins.plugins.octopod.staging.Staging;

/**
 * What is going on with a staging.
 *
 * @param operation its address
 */
public record PendingForm(String action, String operation) {

    static PendingForm of(Staging staging, PendingAction pending) {
        return new PendingForm(
                Words.of(pending.action()),
                Addresses.operation(staging.getParent().getFullName(), staging.getName(), pending.requestId()));
    }
}
