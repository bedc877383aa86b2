package io.jenkins.plugins.octopod.staging.maintenance;

import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import io.jenkins.plugins.octopod.staging.state.LifetimePolicy;
import java.io.IOException;
import java.time.Instant;

/** Archives expired stagings, and notifies listeners in advance. */
final class ExpiryRule implements MaintenanceRule {

    @Override
    public StagingRequest due(Staging staging, LifetimePolicy policy, Instant now) {
        Instant expiry = policy.expiresAt();
        return expiry == null || now.isBefore(expiry)
                ? null
                : StagingRequest.of(staging.getParent(), staging.getName(), Kind.ARCHIVE, ExpiryCause.of(policy));
    }

    @Override
    public void onTick(Staging staging, Instant now) throws IOException {
        Instant expiry = staging.expiresAt();
        if (expiry != null && now.isBefore(expiry) && staging.isExpiringSoon()) {
            LifetimeService.notifyExpiring(staging, expiry);
        }
    }
}
