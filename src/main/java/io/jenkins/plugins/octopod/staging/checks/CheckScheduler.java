package io.jenkins.plugins.octopod.staging.checks;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.slaves.ComputerListener;
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

    /** By full name. */
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

    /** From now on only {@link #tick} starts checks, at the times of the given clock. For tests. */
    public void useManualClock(InstantSource hand) {
        manualClock = true;
        clock = hand;
        projects = Map.of();
        outdated = true;
    }

    /** Undoes {@link #useManualClock}. For tests. */
    public void useSystemClock() {
        clock = StagingClock::now;
        manualClock = false;
        projects = Map.of();
        outdated = true;
    }

    /** Begins what is due; waits for nothing. Does nothing while another thread is at it. */
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

    /** What is wrong with one project, such as an agent of a broken kind, is nothing to the others. */
    private static void tick(ProjectChecks project, Instant now) {
        try {
            project.tick(now);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "A sweep of " + project.project() + " couldn't begin");
        }
    }

    /** Looking through all items of a large Jenkins isn’t for every second. */
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

    /** Jenkins tells nobody when it reads its configuration again; all items are others then. */
    private static boolean isReplaced(ProjectChecks projectChecks) {
        OctopodProject project = projectChecks.project();
        return Jenkins.get().getItemByFullName(project.getFullName()) != project;
    }

    /** Those of each project that was there at the last tick. For who may see everything. */
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
     * Takes in what somebody says of a staging that wasn’t asked for it.
     *
     * @return false where it doesn’t count now, see {@link CheckState#report}
     */
    public boolean report(Staging staging, Observation seen) {
        boolean counts = staging.checks().report(seen, now());
        ProjectChecks projectChecks = projects.get(staging.getParent().getFullName());
        if (counts && projectChecks != null && staging.checks().areLinksWanted()) {
            projectChecks.scheduleSoon(staging);
        }
        return counts;
    }

    /** Has the staging checked within a second, if it is one that is checked. */
    public void checkSoon(Staging staging) {
        ProjectChecks projectChecks = projects.get(staging.getParent().getFullName());
        if (projectChecks != null) {
            projectChecks.scheduleSoon(staging);
        }
    }

    /** Checks at once what could not be checked for lack of an agent. */
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

    /** How many checks were answered since Jenkins started. */
    public long checks() {
        return statistics.checks();
    }

    /** How many remote calls it took. */
    public long calls() {
        return statistics.calls();
    }

    Instant now() {
        return clock.instant();
    }

    /** On a thread that may wait for agents. */
    void execute(Runnable task) {
        Computer.threadPoolForRemoting.submit(() -> {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                task.run();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> "A sweep broke off");
            }
        });
    }

    /** What projects there are. */
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

    /** Starts the checks that could not run for lack of an agent when the agents have changed. */
    @Extension
    public static final class Agents extends ComputerListener {
        @Override
        public void onOnline(@NonNull Computer computer, TaskListener listener) {
            runChecksNow();
        }

        @Override
        public void onTemporarilyOnline(@NonNull Computer computer) {
            runChecksNow();
        }

        /** Labels may be others, and with them who is asked. */
        @Override
        public void onConfigurationChange() {
            runChecksNow();
        }

        private static void runChecksNow() {
            CheckScheduler checkScheduler = get();
            checkScheduler.projects.values().forEach(project -> project.runNow(checkScheduler.now()));
        }
    }
}
