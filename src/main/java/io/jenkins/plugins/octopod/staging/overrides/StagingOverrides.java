package io.jenkins.plugins.octopod.staging.overrides;

import io.jenkins.plugins.octopod.engine.Overrides;
import java.util.Objects;
import java.util.function.BinaryOperator;

/**
 * Both kinds of overrides of one staging. Immutable.
 *
 * @param application application overrides
 * @param deployment deployment overrides
 */
public record StagingOverrides(Overrides application, Overrides deployment) {

    /** No overrides of either kind. */
    public static final StagingOverrides NONE = new StagingOverrides(Overrides.NONE, Overrides.NONE);

    public StagingOverrides {
        Objects.requireNonNull(application);
        Objects.requireNonNull(deployment);
    }

    /** Returns the overrides that result from combining each kind with the same kind of others. */
    public StagingOverrides combinedWith(StagingOverrides others, BinaryOperator<Overrides> combination) {
        return new StagingOverrides(
                combination.apply(application, others.application), combination.apply(deployment, others.deployment));
    }
}
