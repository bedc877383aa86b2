package io.jenkins.plugins.octopod.staging.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Result;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.lifetime.DeployingBuild;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import io.jenkins.plugins.octopod.staging.support.FairExecutor;
import io.jenkins.plugins.octopod.staging.support.ItemVisibility;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.security.ImpersonatingExecutorService;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Index of what was recently deployed on a project's stagings, in memory. The runs of a staging are read from disk by a
 * background thread, and only when the staging has a new run. Thread-safe.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class RecentDeployments {

    private static final Logger LOGGER = Logger.getLogger(RecentDeployments.class.getName());

    /** Maximum number of stagings whose runs are read, those with the newest change first. */
    private static final int MAX_STAGINGS = 50;

    /** Maximum number of runs that are read of each staging. */
    private static final int MAX_RUNS = 10;

    /**
     * A deployment.
     *
     * @param at when it was requested or began
     * @param build build that requested it; null if a user did, or if unknown
     */
    public record Deployment(
            Staging staging, Instant at, @CheckForNull DeployingBuild build, StagingOverrides overrides) {}

    /**
     * Deployments on the stagings that a user may see.
     *
     * @param newestFirst deployments, the newest first
     * @param pending whether runs are being read; ask again soon
     */
    public record Snapshot(List<Deployment> newestFirst, boolean pending) {}

    /** A deployment without its staging, so that the index doesn't keep a deleted staging in memory. */
    private record Past(Instant at, @CheckForNull DeployingBuild build, StagingOverrides overrides) {}

    /**
     * Successful deployments of a staging.
     *
     * @param nextNumber number of the next run when the runs were read
     * @param busy whether the staging had an action when the runs were read
     * @param lastFailed whether the newest deployment did not succeed
     */
    private record History(int nextNumber, boolean busy, boolean lastFailed, List<Past> deployments) {

        boolean isCurrent(Staging staging) {
            return nextNumber == staging.getNextBuildNumber() && busy == staging.isBusy();
        }
    }

    private final ExecutorService threads =
            new ImpersonatingExecutorService(FairExecutor.unlimitedThreads("Octopod recent deployments"), ACL.SYSTEM2);

    private final Map<Staging, History> histories = Collections.synchronizedMap(new WeakHashMap<>());

    /** Projects whose stagings are being read. */
    private final Set<OctopodProject> loading = Collections.synchronizedSet(new HashSet<>());

    public static RecentDeployments get() {
        return ExtensionList.lookupSingleton(RecentDeployments.class);
    }

    /**
     * Returns what was recently deployed on the stagings of the project that the current user may see, as far as it is in
     * memory. Reads no file, and starts a thread for the rest.
     */
    public Snapshot visibleIn(OctopodProject project) {
        List<Staging> visible = project.allChildren(Staging.class)
                .filter(ItemVisibility::isVisible)
                .sorted(Comparator.comparing(Staging::changedAt).reversed())
                .toList();
        // In this order: the response has all of the stagings that are known now, and nothing that the thread reads.
        List<Staging> unknown = visible.stream()
                .limit(MAX_STAGINGS)
                .filter(staging -> !isKnown(staging))
                .toList();
        List<Deployment> known = visible.stream()
                .flatMap(this::deployments)
                .sorted(Comparator.comparing(Deployment::at).reversed())
                .toList();
        boolean pending = load(project, unknown);
        return new Snapshot(known, pending);
    }

    private boolean isKnown(Staging staging) {
        History history = histories.get(staging);
        return history != null && history.isCurrent(staging);
    }

    /** Returns the deployments in memory. The current overrides are one of them, unless they are known to have failed. */
    private Stream<Deployment> deployments(Staging staging) {
        History history = histories.get(staging);
        Stream<Deployment> past = history == null
                ? Stream.of()
                : history.deployments().stream()
                        .map(each -> new Deployment(staging, each.at(), each.build(), each.overrides()));
        return history != null && history.isCurrent(staging) && history.lastFailed()
                ? past
                : Stream.concat(
                        past, Stream.of(new Deployment(staging, staging.changedAt(), null, staging.overrides())));
    }

    /** Returns whether there is something to load. */
    private boolean load(OctopodProject project, List<Staging> stagings) {
        if (stagings.isEmpty()) {
            return false;
        }
        if (loading.add(project)) {
            threads.execute(() -> {
                try {
                    stagings.forEach(staging -> histories.put(staging, read(staging)));
                } finally {
                    loading.remove(project);
                }
            });
        }
        return true;
    }

    /** Reads the newest runs. */
    private static History read(Staging staging) {
        int nextNumber = staging.getNextBuildNumber();
        boolean busy = staging.isBusy();
        List<Past> deployments = new ArrayList<>();
        boolean lastFailed = false;
        boolean first = true;
        try {
            StagingRun run = staging.getLastBuild();
            for (int i = 0; run != null && i < MAX_RUNS; i++, run = run.getPreviousBuild()) {
                StagingRunParameters parameters = run.parameters();
                if (run.isBuilding() || parameters == null || !isDeployment(parameters.getAction())) {
                    continue;
                }
                boolean succeeded = Result.SUCCESS.equals(run.getResult());
                if (succeeded) {
                    deployments.add(past(run, parameters));
                }
                lastFailed |= first && !succeeded;
                first = false;
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The recent runs of " + staging.getFullName() + " can't be read");
        }
        return new History(nextNumber, busy, lastFailed, List.copyOf(deployments));
    }

    /** Returns whether the action can change overrides. */
    private static boolean isDeployment(StagingAction action) {
        return action == StagingAction.CREATE || action == StagingAction.UPDATE;
    }

    private static Past past(StagingRun run, StagingRunParameters parameters) {
        return new Past(
                Instant.ofEpochMilli(run.getTimeInMillis()),
                DeployingBuild.of(run.getCauses()),
                new StagingOverrides(parameters.getApplicationOverrides(), parameters.getDeploymentOverrides()));
    }
}
