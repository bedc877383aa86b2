package io.jenkins.plugins.octopod.kubernetes.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.cluster.LabelSelector;
import io.jenkins.plugins.octopod.engine.cluster.StagingWorkloads;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider.StagingMaskFactory;
import io.jenkins.plugins.octopod.scripts.secrets.SecretMask;
import io.jenkins.plugins.octopod.staging.Staging;

/** A staging that is watched in a cluster: its connection, its namespace and its selector. Thread-safe. */
@ModuleInternal
public final class WatchedStaging {

    private final String staging;
    private final ClusterConnection connection;
    private final NamespaceWatch watch;
    private final String selectorText;
    private final LabelSelector selector;
    private final HealthMode health;

    private volatile long version;

    /** Applications usually get the same secrets as the scripts, and some print them. */
    private volatile MaskVersion masked = new MaskVersion(Overrides.NONE, Overrides.NONE, SecretMask.NONE);

    private record MaskVersion(Overrides application, Overrides deployment, SecretMask mask) {}

    /** Last reported status; null if none was reported. */
    @CheckForNull
    private volatile ReportedStatus lastReported;

    /**
     * Creates a watched staging.
     *
     * @param staging full name of the staging
     * @throws IllegalArgumentException if the selector is invalid; the message is a sentence
     */
    public WatchedStaging(
            String staging, ClusterConnection connection, NamespaceWatch watch, String selector, HealthMode health) {
        this.staging = staging;
        this.connection = connection;
        this.watch = watch;
        this.selectorText = selector;
        this.selector = LabelSelector.parse(selector);
        this.health = health;
    }

    /** Returns whether both are watched in the same way, so that the known state of one is valid for the other. */
    public boolean isSameTarget(WatchedStaging other) {
        return watch == other.watch && selectorText.equals(other.selectorText) && health == other.health;
    }

    public String staging() {
        return staging;
    }

    public ClusterConnection connection() {
        return connection;
    }

    public NamespaceWatch watch() {
        return watch;
    }

    /** Returns a sentence about why the state is unknown or out of date; null if it is current. */
    @CheckForNull
    public String error() {
        String lost = connection.error();
        return lost == null ? watch.error() : lost;
    }

    LabelSelector selector() {
        return selector;
    }

    public HealthMode health() {
        return health;
    }

    /** Returns the cluster’s view of the staging, from memory and with secrets masked. */
    public StagingWorkloads workloads() {
        SecretMask known = mask();
        StagingWorkloads masked = watch.workloads(selector);
        return known == SecretMask.NONE ? masked : masked.mapTexts(known::apply);
    }

    /** Returns the mask for the output of the staging’s pods. */
    public SecretMask mask() {
        return masked.mask();
    }

    /** Renews the mask, so that it covers the secrets that the staging’s scripts would get now. */
    public void mask(Staging its, StagingMaskFactory masks) {
        Overrides application = its.getApplicationOverrides();
        Overrides deployment = its.getDeploymentOverrides();
        masked = new MaskVersion(application, deployment, masks.of(application, deployment));
    }

    /** Returns whether the staging’s overrides have changed since its mask was made. */
    public boolean isMaskOld(Staging its) {
        MaskVersion known = masked;
        return !known.application().equals(its.getApplicationOverrides())
                || !known.deployment().equals(its.getDeploymentOverrides());
    }

    /** Returns a number that changes with each change in the cluster. */
    public long version() {
        return version;
    }

    public void changed(long newVersion) {
        version = newVersion;
    }

    @CheckForNull
    public ReportedStatus lastReported() {
        return lastReported;
    }

    public void markReported(@CheckForNull ReportedStatus reportedStatus) {
        lastReported = reportedStatus;
    }
}
