package io.jenkins.plugins.octopod.staging.checks;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.AvailableAgentsListener;
import io.jenkins.plugins.octopod.health.AgentScriptsCache;
import io.jenkins.plugins.octopod.health.CheckStatistics;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.CheckState;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Starts the checks of each project when they are due. */
@Extension
@Restricted(NoExternalUse.class)
public final class CheckScheduler {

    private static final Logger LOGGER = Logger.getLogger(CheckScheduler.class.getName());
    private static final long TICK_MILLIS = 1000;

    private final AgentScriptsCache agentScripts = new AgentScriptsCache();
    private final CheckStatistics statistics = new CheckStatistics();
    private final AtomicBoolean ticking = new AtomicBoolean();
    private volatile InstantSource clock = StagingClock::now;
    private volatile boolean manualClock;

    /** Checks of each project, by full name. */
    private volatile Map<String, ProjectChecks> projects = Map.of();

    private volatile boolean outdated = true;

    public static CheckScheduler get() {
        return ExtensionList.lookupSingleton(CheckScheduler.class);
    }

    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void start() {
        Timer.get()
                .scheduleWithFixedDelay(
                        () -> Computer.threadPoolForRemoting.submit(CheckScheduler::tickFromTimer),
                        TICK_MILLIS,
                        TICK_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private static void tickFromTimer() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        boolean ready =
                jenkins != null && jenkins.getInitLevel() == InitMilestone.COMPLETED && !jenkins.isTerminating();
        if (ready && !get().manualClock) {
            get().tick();
        }
    }

    /** Makes {@link #tick} the only way to start checks, at the times of the given clock. For tests. */
    public void useManualClock(InstantSource hand) {
        manualClock = true;
        clock = hand;
        projects = Map.of();
        outdated = true;
    }

    /** Reverts {@link #useManualClock}. For tests. */
    public void useSystemClock() {
        clock = StagingClock::now;
        manualClock = false;
        projects = Map.of();
        outdated = true;
    }

    /** Starts the checks that are due, without blocking. Does nothing while another thread executes this method. */
    public void tick() {
        if (!ticking.compareAndSet(false, true)) {
            return;
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Instant now = now();
            projects().forEach(project -> tick(project, now));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Sweeps couldn't begin");
        } finally {
            ticking.set(false);
        }
    }

    /**
     * Starts the checks of one project. A failure does not affect other projects, for example if an agent’s plugin has
     * a bug.
     */
    private static void tick(ProjectChecks project, Instant now) {
        try {
            project.tick(now);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "A sweep of " + project.project() + " couldn't begin");
        }
    }

    /**
     * Returns the projects. Searches all items only after a change, because that takes too long in a large Jenkins to
     * be done every second.
     */
    private Collection<ProjectChecks> projects() {
        if (outdated || projects.values().stream().anyMatch(CheckScheduler::isReplaced)) {
            outdated = false;
            Map<String, ProjectChecks> before = projects;
            Map<String, ProjectChecks> found = new LinkedHashMap<>();
            for (OctopodProject project : Jenkins.get().getAllItems(OctopodProject.class)) {
                ProjectChecks known = before.get(project.getFullName());
                boolean same = known != null && known.project() == project;
                found.put(project.getFullName(), same ? known : new ProjectChecks(this, project, now()));
            }
            projects = found;
            statistics.forget(project -> !found.containsKey(project));
        }
        return projects.values();
    }

    /**
     * Returns whether a new item has replaced the project. Jenkins sends no event when it reads its configuration
     * again, which replaces all items.
     */
    private static boolean isReplaced(ProjectChecks projectChecks) {
        OctopodProject project = projectChecks.project();
        return Jenkins.get().getItemByFullName(project.getFullName()) != project;
    }

    /** Returns the stagings of each project that existed at the last tick. For callers that may see everything. */
    public Map<OctopodProject, List<Staging>> stagings() {
        Map<OctopodProject, List<Staging>> stagings = new LinkedHashMap<>();
        for (ProjectChecks projectChecks : projects.values()) {
            OctopodProject project = projectChecks.project();
            try {
                stagings.put(project, ProjectChecks.stagings(project));
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "Stagings of " + project + " can't be listed");
            }
        }
        return stagings;
    }

    /**
     * Stores a status that was reported without a check.
     *
     * @return false if the report does not count now, see {@link CheckState#report}
     */
    public boolean report(Staging staging, Observation seen) {
        boolean counts = staging.checks().report(seen, now());
        ProjectChecks projectChecks = projects.get(staging.getParent().getFullName());
        if (counts && projectChecks != null && staging.checks().areLinksWanted()) {
            projectChecks.scheduleSoon(staging);
        }
        return counts;
    }

    /** Has the staging checked within a second, if checks keep its status up to date. */
    public void checkSoon(Staging staging) {
        ProjectChecks projectChecks = projects.get(staging.getParent().getFullName());
        if (projectChecks != null) {
            projectChecks.scheduleSoon(staging);
        }
    }

    /** Starts the checks at once if some could not run because no agent was available. */
    void runNow(OctopodProject project) {
        ProjectChecks projectChecks = projects.get(project.getFullName());
        if (projectChecks != null) {
            projectChecks.runNow(now());
        }
    }

    AgentScriptsCache agents() {
        return agentScripts;
    }

    public CheckStatistics statistics() {
        return statistics;
    }

    /** Returns the number of checks with a result since Jenkins started. */
    public long checks() {
        return statistics.checks();
    }

    /** Returns the number of remote calls for checks since Jenkins started. */
    public long calls() {
        return statistics.calls();
    }

    Instant now() {
        return clock.instant();
    }

    /** Runs a task as SYSTEM on a thread that may wait for agents. */
    void execute(Runnable task) {
        Computer.threadPoolForRemoting.submit(() -> {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                task.run();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> "A sweep broke off");
            }
        });
    }

    /** Notices when the set of projects changes. */
    @Extension
    public static final class Items extends ItemListener {
        @Override
        public void onCreated(Item item) {
            changed(item);
        }

        @Override
        public void onDeleted(Item item) {
            changed(item);
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            changed(item);
        }

        @Override
        public void onLoaded() {
            get().outdated = true;
        }

        private static void changed(Item item) {
            if (item instanceof ItemGroup<?>) {
                get().outdated = true;
            }
        }
    }

    /** Starts the checks that could not run because no agent was available, when the agents have changed. */
    @Extension
    public static final class Agents extends AvailableAgentsListener {
        @Override
        protected void onAvailable() {
            CheckScheduler checkScheduler = get();
            checkScheduler.projects.values().forEach(project -> project.runNow(checkScheduler.now()));
        }
    }
}
