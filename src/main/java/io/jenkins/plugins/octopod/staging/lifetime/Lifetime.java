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

    /** Zero if it was stored before this was recorded. */
    private final int deployedByBuild;

    @CheckForNull
    private final String deployedCommit;

    private Lifetime(long renewedAt, Expiry expiry, Pin pin, long asleepSince, @CheckForNull DeployingBuild build) {
        this.renewedAt = renewedAt;
        this.expiry = Expiry.AS_PROJECT.equals(expiry) ? null : expiry;
        this.pin = pin;
        this.asleepSince = asleepSince;
        this.deployedBy = build == null ? null : build.job();
        this.deployedByBuild = build == null ? 0 : build.number();
        this.deployedCommit = build == null ? null : build.commit();
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

    /** Returns the build that deployed the staging last; null if no build has. */
    @CheckForNull
    public DeployingBuild deployingBuild() {
        return deployedBy == null ? null : new DeployingBuild(deployedBy, deployedByBuild, deployedCommit);
    }

    /** Returns a copy with the new name of the job that deployed the staging last. */
    @ModuleInternal
    public Lifetime withDeployedBy(String newDeployedBy) {
        DeployingBuild build = deployingBuild();
        return with(build == null ? new DeployingBuild(newDeployedBy, 0, null) : build.movedTo(newDeployedBy));
    }

    /** Returns a copy with the commit that the deploying build was made from; this object if no build has deployed. */
    @ModuleInternal
    public Lifetime withCommit(@CheckForNull String commit) {
        DeployingBuild build = deployingBuild();
        return build == null ? this : with(build.withCommit(commit));
    }

    private Lifetime with(@CheckForNull DeployingBuild newBuild) {
        return new Lifetime(renewedAt, expiry, pin, asleepSince, newBuild);
    }

    @ModuleInternal
    public Lifetime with(Expiry newExpiry) {
        return new Lifetime(renewedAt, newExpiry, pin, asleepSince, deployingBuild());
    }

    @ModuleInternal
    public Lifetime with(Pin newPin) {
        return new Lifetime(renewedAt, expiry, newPin, asleepSince, deployingBuild());
    }

    /**
     * Returns the lifetime after a request was accepted. A deployment that maintenance did not request removes an
     * expiry date that has passed. It ends the sleep only when it has succeeded, see {@link #awake}.
     */
    @ModuleInternal
    public Lifetime after(StagingAction action, List<Cause> causes, Instant now) {
        if (!action.isDeploying()) {
            long sleep = MaintenanceCause.isSleepAmong(causes) ? now.toEpochMilli() : 0;
            return new Lifetime(renewedAt, expiry, pin, sleep, deployingBuild());
        }
        if (MaintenanceCause.isAmong(causes)) {
            return this;
        }
        Instant date = expiry().date();
        boolean over = date != null && !date.isAfter(now);
        DeployingBuild build = DeployingBuild.of(causes);
        return new Lifetime(
                now.toEpochMilli(),
                over ? Expiry.AS_PROJECT : expiry,
                pin,
                asleepSince,
                build == null ? deployingBuild() : build);
    }

    /** Returns the lifetime after a deployment has succeeded. */
    @ModuleInternal
    public Lifetime awake() {
        return asleepSince == 0 ? this : new Lifetime(renewedAt, expiry, pin, 0, deployingBuild());
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
                Objects.equals(deployingBuild(), requested.deployingBuild())
                        ? before.deployingBuild()
                        : deployingBuild());
    }

    /** Returns a copy with the other lifetime’s record of when the staging was to be archived for the night. */
    @ModuleInternal
    public Lifetime withSleepOf(Lifetime other) {
        return new Lifetime(renewedAt, expiry, pin, other.asleepSince, deployingBuild());
    }
}
