package io.jenkins.plugins.octopod.staging.lifetime;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingAction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How long users want a staging to be kept, and when they last wanted it to run. Immutable; stored in the staging’s
 * config.xml.
 */
public final class Lifetime {

    private final long renewedAt;

    @CheckForNull
    private final Expiry expiry;

    @CheckForNull
    private final Pin pin;

    /** Zero if the staging wasn’t archived for the night. */
    private final long asleepSince;

    @CheckForNull
    private final String deployedBy;

    private Lifetime(long renewedAt, Expiry expiry, Pin pin, long asleepSince, String deployedBy) {
        this.renewedAt = renewedAt;
        this.expiry = Expiry.AS_PROJECT.equals(expiry) ? null : expiry;
        this.pin = pin;
        this.asleepSince = asleepSince;
        this.deployedBy = deployedBy;
    }

    @ModuleInternal
    public static Lifetime startingAt(Instant start) {
        return new Lifetime(start.toEpochMilli(), null, null, 0, null);
    }

    /** Returns when a user or a Pipeline last requested its creation, an update or a restoration. */
    @NonNull
    public Instant renewedAt() {
        return Instant.ofEpochMilli(renewedAt);
    }

    @NonNull
    public Expiry expiry() {
        return expiry == null ? Expiry.AS_PROJECT : expiry;
    }

    /** Returns the pin; null if the staging isn’t pinned. */
    @CheckForNull
    public Pin pin() {
        return pin;
    }

    /**
     * Returns when archiving for the night was requested; null if it wasn’t, or the staging was deployed or otherwise
     * archived since.
     */
    @CheckForNull
    public Instant asleepSince() {
        return asleepSince == 0 ? null : Instant.ofEpochMilli(asleepSince);
    }

    /** Returns the full name of the job that deployed the staging last; null if no job has. */
    @CheckForNull
    public String deployedBy() {
        return deployedBy;
    }

    @ModuleInternal
    public Lifetime withDeployedBy(String newDeployedBy) {
        return new Lifetime(renewedAt, expiry, pin, asleepSince, newDeployedBy);
    }

    @ModuleInternal
    public Lifetime with(Expiry newExpiry) {
        return new Lifetime(renewedAt, newExpiry, pin, asleepSince, deployedBy);
    }

    @ModuleInternal
    public Lifetime with(Pin newPin) {
        return new Lifetime(renewedAt, expiry, newPin, asleepSince, deployedBy);
    }

    /**
     * Returns the lifetime after a request was accepted. A deployment that maintenance did not request removes an
     * expiry date that has passed. It ends the sleep only when it has succeeded, see {@link #awake}.
     */
    @ModuleInternal
    public Lifetime after(StagingAction action, List<Cause> causes, Instant now) {
        if (!action.isDeploying()) {
            long sleep = MaintenanceCause.isSleepAmong(causes) ? now.toEpochMilli() : 0;
            return new Lifetime(renewedAt, expiry, pin, sleep, deployedBy);
        }
        if (MaintenanceCause.isAmong(causes)) {
            return this;
        }
        Instant date = expiry().date();
        boolean over = date != null && !date.isAfter(now);
        String job = upstreamJob(causes);
        return new Lifetime(
                now.toEpochMilli(),
                over ? Expiry.AS_PROJECT : expiry,
                pin,
                asleepSince,
                job == null ? deployedBy : job);
    }

    /** Returns the lifetime after a deployment has succeeded. */
    @ModuleInternal
    public Lifetime awake() {
        return asleepSince == 0 ? this : new Lifetime(renewedAt, expiry, pin, 0, deployedBy);
    }

    /**
     * Returns the lifetime without the changes of a request. Changes made after the request was accepted are kept, such
     * as a pin.
     *
     * @param requested lifetime that the request specified
     * @param before lifetime before the request
     */
    @ModuleInternal
    public Lifetime without(Lifetime requested, Lifetime before) {
        return new Lifetime(
                renewedAt == requested.renewedAt ? before.renewedAt : renewedAt,
                expiry().equals(requested.expiry()) ? before.expiry : expiry,
                pin,
                asleepSince == requested.asleepSince ? before.asleepSince : asleepSince,
                Objects.equals(deployedBy, requested.deployedBy) ? before.deployedBy : deployedBy);
    }

    /** Returns a copy with the other lifetime’s record of when the staging was to be archived for the night. */
    @ModuleInternal
    public Lifetime withSleepOf(Lifetime other) {
        return new Lifetime(renewedAt, expiry, pin, other.asleepSince, deployedBy);
    }

    @CheckForNull
    private static String upstreamJob(List<Cause> causes) {
        return causes.stream()
                .filter(Cause.UpstreamCause.class::isInstance)
                .map(cause -> ((Cause.UpstreamCause) cause).getUpstreamProject())
                .findFirst()
                .orElse(null);
    }
}
