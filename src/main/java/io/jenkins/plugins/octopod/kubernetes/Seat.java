package io.jenkins.plugins.octopod.kubernetes;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.cluster.LabelSelector;
import io.jenkins.plugins.octopod.engine.cluster.StagingWorkloads;
import io.jenkins.plugins.octopod.kubernetes.ClusterStatus.Said;
import io.jenkins.plugins.octopod.project.ScriptCredentials.StagingMasks;
import io.jenkins.plugins.octopod.scripts.Mask;
import io.jenkins.plugins.octopod.staging.Staging;

/** Where one staging is in a cluster. Safe for any thread. */
final class Seat {

    private final String staging;
    private final ClusterConnection connection;
    private final NamespaceWatch watch;
    private final String selectorText;
    private final LabelSelector selector;
    private final ClusterHealth health;

    private volatile long version;

    /** Of what scripts are given, apps mostly are, too; and some say it. */
    private volatile Masked masked = new Masked(Overrides.NONE, Overrides.NONE, Mask.NONE);

    private record Masked(Overrides application, Overrides deployment, Mask mask) {}

    /** What was told last as its status; null where nothing was. */
    @CheckForNull
    private volatile Said told;

    /**
     * @param staging its full name
     * @throws IllegalArgumentException if the selector can’t be understood; the message is a sentence
     */
    Seat(String staging, ClusterConnection connection, NamespaceWatch watch, String selector, ClusterHealth health) {
        this.staging = staging;
        this.connection = connection;
        this.watch = watch;
        this.selectorText = selector;
        this.selector = LabelSelector.parse(selector);
        this.health = health;
    }

    /** Whether it is the same seat, so that what is known of it still holds. */
    boolean isLike(Seat other) {
        return watch == other.watch && selectorText.equals(other.selectorText) && health == other.health;
    }

    String staging() {
        return staging;
    }

    ClusterConnection connection() {
        return connection;
    }

    NamespaceWatch watch() {
        return watch;
    }

    /** Why it isn’t known how it is now, in a sentence; null where it is. */
    @CheckForNull
    String trouble() {
        String lost = connection.trouble();
        return lost == null ? watch.trouble() : lost;
    }

    LabelSelector selector() {
        return selector;
    }

    ClusterHealth health() {
        return health;
    }

    /** What the cluster says of it now, from memory, without secrets. */
    StagingWorkloads workloads() {
        Mask known = mask();
        StagingWorkloads said = watch.workloads(selector);
        return known == Mask.NONE ? said : said.withWords(known::apply);
    }

    /** For whatever its pods print. */
    Mask mask() {
        return masked.mask();
    }

    /** Has it masked what the staging’s scripts would be given now. */
    void mask(Staging its, StagingMasks masks) {
        Overrides application = its.getApplicationOverrides();
        Overrides deployment = its.getDeploymentOverrides();
        masked = new Masked(application, deployment, masks.of(application, deployment));
    }

    /** Whether the staging has other overrides than those that it was masked for. */
    boolean isMaskOld(Staging its) {
        Masked known = masked;
        return !known.application().equals(its.getApplicationOverrides())
                || !known.deployment().equals(its.getDeploymentOverrides());
    }

    /** Another number whenever the cluster has said something new of it. */
    long version() {
        return version;
    }

    void changed(long newVersion) {
        version = newVersion;
    }

    @CheckForNull
    Said told() {
        return told;
    }

    void tell(Said said) {
        told = said;
    }
}
