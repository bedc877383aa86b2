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

    /** Of what scripts are given, apps mostly are, too; and some say it. */
    private volatile MaskVersion masked = new MaskVersion(Overrides.NONE, Overrides.NONE, SecretMask.NONE);

    private record MaskVersion(Overrides application, Overrides deployment, SecretMask mask) {}

    /** What was told last as its status; null if nothing was. */
    @CheckForNull
    private volatile ReportedStatus lastReported;

    /**
     * @param staging its full name
     * @throws IllegalArgumentException if the selector can’t be understood; the message is a sentence
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

    /** Whether both are watched in the same way, so that what is known of one holds for the other. */
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

    /** Why it isn’t known how it is now, in a sentence; null if it is. */
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

    /** What the cluster says of it now, from memory, without secrets. */
    public StagingWorkloads workloads() {
        SecretMask known = mask();
        StagingWorkloads masked = watch.workloads(selector);
        return known == SecretMask.NONE ? masked : masked.mapTexts(known::apply);
    }

    /** For whatever its pods print. */
    public SecretMask mask() {
        return masked.mask();
    }

    /** Has it masked what the staging’s scripts would be given now. */
    public void mask(Staging its, StagingMaskFactory masks) {
        Overrides application = its.getApplicationOverrides();
        Overrides deployment = its.getDeploymentOverrides();
        masked = new MaskVersion(application, deployment, masks.of(application, deployment));
    }

    /** Whether the staging has other overrides than those that it was masked for. */
    public boolean isMaskOld(Staging its) {
        MaskVersion known = masked;
        return !known.application().equals(its.getApplicationOverrides())
                || !known.deployment().equals(its.getDeploymentOverrides());
    }

    /** Another number whenever the cluster has said something new of it. */
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
