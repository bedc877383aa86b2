package io.jenkins.plugins.octopod.staging.maintenance;

import hudson.Extension;
import hudson.model.Cause;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.extension.RunPrecondition;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;
import io.jenkins.plugins.octopod.staging.state.LifetimePolicy;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Examines an automatic request again when its run begins, because a run must not do what no rule would request now. A
 * request from a version that did not record the state before it is only compared with the pin.
 */
@Extension
public final class MaintenancePrecondition implements RunPrecondition {

    /** Causes of the rules’ requests, and why a run with an outdated cause ends. */
    private static final Map<Class<? extends Cause>, Supplier<String>> OUTDATED = Map.of(
            ExpiryCause.class, Messages::MaintenancePrecondition_expiry,
            SleepCause.class, Messages::MaintenancePrecondition_night,
            WakeCause.class, Messages::MaintenancePrecondition_morning,
            DeletedBranchCause.class, Messages::MaintenancePrecondition_branch,
            RetentionCause.class, Messages::MaintenancePrecondition_retention);

    @Override
    public String refusal(StagingRun run) {
        List<Cause> causes = run.getCauses();
        StagingAction action = run.action();
        if (action == null || !MaintenanceCause.isAmong(causes)) {
            return null;
        }
        Staging staging = run.getParent();
        if (staging.isPinned() && (action == StagingAction.ARCHIVE || action == StagingAction.CLEANUP)) {
            return Messages.MaintenancePrecondition_pinned();
        }
        LifetimePolicy policy = staging.lifetimePolicyBeforePending();
        return policy == null
                ? null
                : causes.stream()
                        .filter(cause -> OUTDATED.containsKey(cause.getClass()))
                        .filter(cause -> !isDue(staging, policy, cause))
                        .map(cause -> OUTDATED.get(cause.getClass()).get())
                        .findFirst()
                        .orElse(null);
    }

    private static boolean isDue(Staging staging, LifetimePolicy policy, Cause cause) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return MaintenanceWork.RULES.stream()
                    .map(rule -> rule.due(staging, policy, StagingClock.now()))
                    .filter(Objects::nonNull)
                    .anyMatch(request -> isOf(request, cause.getClass()));
        }
    }

    private static boolean isOf(StagingRequest request, Class<?> kind) {
        return request.causes().stream().anyMatch(kind::isInstance);
    }
}
