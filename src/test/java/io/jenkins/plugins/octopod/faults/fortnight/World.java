package io.jenkins.plugins.octopod.faults.fortnight;

import hudson.model.Cause;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ReplacedClock;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.SleepSettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;

/** The Jenkins of the simulation with its projects, agents, scripts and clock, across restarts. For the thread of the simulation. */
final class World {

    /** What the ids of requests begin with that the simulation has made. */
    static final String OWN_REQUEST = "request-";

    static final int INTERVAL_SECONDS = 60;

    private static final int SCRIPT_TIMEOUT_SECONDS = 60;
    private static final int STATUS_TIMEOUT_SECONDS = 4;
    private static final int REQUESTERS = 12;

    /** A Monday in the week in which the clocks of {@link Rules#ZONE} are put forward. */
    private static final Instant START = Instant.parse("2031-03-24T09:00:00Z");

    final FortnightSettings settings;
    final SplittableRandom random;
    final SimulatedTime time = new SimulatedTime(START);
    final EventLog log = new EventLog(time);
    final Model model = new Model(time, log);
    final FortnightScripts scripts;
    final Agents agents;
    final List<String> names = new ArrayList<>();

    private final ReplacedClock clock;
    private final ExecutorService requesters = Executors.newFixedThreadPool(REQUESTERS);
    private final List<Future<?>> requested = new ArrayList<>();
    private final List<Lasting> lasting = new CopyOnWriteArrayList<>();
    private JenkinsRule rule;
    private int step;
    private int lastRequest;

    /**
     * A fault that isn't over yet.
     *
     * @param blocking whether what is going on may not end before it is over
     */
    private record Lasting(FaultKind kind, int endStep, boolean blocking, Callable<Void> end) {}

    World(FortnightSettings settings, long seed, Path directory) throws Exception {
        this.settings = settings;
        random = new SplittableRandom(seed);
        scripts = new FortnightScripts(directory);
        agents = new Agents(directory, log);
        for (int i = 0; i < settings.stagings(); i++) {
            String name = "s" + i;
            names.add(name);
            model.add(name, isSleeping(name));
        }
        clock = ReplacedClock.with(time, time::nanoTime);
    }

    /** Every fifth staging sleeps at night. */
    private static boolean isSleeping(String name) {
        return Integer.parseInt(name.substring(1)) % 5 == 0;
    }

    /** The first session of Jenkins has begun. */
    void create(JenkinsRule jenkins) throws Exception {
        rule = jenkins;
        TestProject.installTool(jenkins, scripts.directory());
        for (String name : List.of("day", "night")) {
            OctopodProject project = new OctopodProject(jenkins.jenkins, name);
            project.setBaseDomain("staging.example.com");
            project.setAgentLabel(TestProject.LABEL);
            project.setControlScripts("demo");
            project.setStatusTimeout(STATUS_TIMEOUT_SECONDS);
            project.setScriptTimeout(SCRIPT_TIMEOUT_SECONDS);
            CheckSettings checks = new CheckSettings();
            checks.setInterval(INTERVAL_SECONDS);
            project.setChecks(checks);
            project.getPipelineAccess().setCleanup(true);
            project.getLifetime().setRetentionDays(Rules.RETENTION_DAYS);
            if (name.equals("night")) {
                SleepSettings sleep = new SleepSettings();
                sleep.setArchiveAt("TZ=" + Rules.ZONE + "\n0 " + Rules.SLEEP.getHour() + " * * *");
                sleep.setRestoreAt("TZ=" + Rules.ZONE + "\n0 " + Rules.WAKE.getHour() + " * * *");
                project.setSleep(sleep);
            }
            jenkins.jenkins.add(project, name);
            project.onCreatedFromScratch();
            project.save();
            ItemListener.fireOnCreated(project);
        }
        if (settings.kinds().contains(FaultKind.BRANCH_GONE)) {
            JenkinsFaults.createBranches(this);
        }
        for (String name : Agents.NAMES) {
            agents.add(jenkins, name);
        }
        attach(jenkins);
    }

    /** A session of Jenkins has begun. */
    void attach(JenkinsRule jenkins) throws Exception {
        rule = jenkins;
        CheckScheduler.get().useManualClock(time);
        agents.addEphemeral(jenkins);
        agents.awaitAllOnline();
        stagings().forEach(model::changed);
        log.add(null, "Jenkins is up");
    }

    JenkinsRule rule() {
        return rule;
    }

    /** Lets time pass, and ends what is over then. */
    void beginStep(int number) throws Exception {
        step = number;
        time.leap(settings.step());
        log.add(null, "step " + step);
        model.beginStep(step);
        for (Lasting fault : List.copyOf(lasting)) {
            if (fault.endStep() <= step) {
                end(fault);
            }
        }
    }

    /** Ends all faults. */
    void heal() throws Exception {
        for (Lasting fault : List.copyOf(lasting)) {
            end(fault);
        }
    }

    private void end(Lasting fault) throws Exception {
        lasting.remove(fault);
        log.add(null, fault.kind() + " is over");
        fault.end().call();
    }

    /** A fault is over some steps later, at least one. */
    void until(FaultKind kind, int steps, boolean blocking, Callable<Void> end) {
        lasting.add(new Lasting(kind, step + Math.max(1, steps), blocking, end));
    }

    boolean isLasting(FaultKind kind) {
        return lasting.stream().anyMatch(fault -> fault.kind() == kind);
    }

    boolean isAnyLasting() {
        return !lasting.isEmpty();
    }

    /** Whether what is going on may not end now. */
    boolean isBlocked() {
        return lasting.stream().anyMatch(Lasting::blocking);
    }

    /** Those that are there. */
    List<Staging> stagings() {
        List<Staging> found = new ArrayList<>();
        for (String name : names) {
            Staging staging = staging(name);
            if (staging != null) {
                found.add(staging);
            }
        }
        return found;
    }

    /** Null if it isn't there. */
    Staging staging(String name) {
        return (Staging) project(name).getItem(name);
    }

    /** Whether something is going on; false for a staging that isn't there any more. */
    boolean isBusy(Staging staging) {
        return staging(staging.getName()) == staging && staging.isBusy();
    }

    OctopodProject project(String name) {
        return Jenkins.get().getItemByFullName(isSleeping(name) ? "night" : "day", OctopodProject.class);
    }

    String anyName() {
        return names.get(random.nextInt(names.size()));
    }

    /** One that isn't busy, and can be asked for a deployment; empty if none is found soon. */
    Optional<Staging> anyIdle() {
        for (int i = 0; i < 30; i++) {
            Staging staging = staging(anyName());
            if (staging != null && !staging.isBusy() && kind(staging) != Kind.CLEANUP) {
                return Optional.of(staging);
            }
        }
        return Optional.empty();
    }

    /** Something that its status allows. */
    Kind kind(Staging staging) {
        int percent = random.nextInt(100);
        if (staging == null) {
            return Kind.CREATE;
        }
        Status status = staging.getStatus();
        if (status == Status.Archived) {
            return percent < 80 ? Kind.RESTORE : Kind.CLEANUP;
        }
        if (status == Status.CleanupFailed) {
            return Kind.CLEANUP;
        }
        if (status == Status.ArchivePending) {
            return Kind.ARCHIVE;
        }
        return percent < 65 ? Kind.UPDATE : percent < 70 ? Kind.DEPLOY : Kind.ARCHIVE;
    }

    /** As a person does it, on a thread of its own. */
    Future<AcceptedRequest> request(String name, Kind kind) {
        String id = OWN_REQUEST + ++lastRequest;
        OctopodProject project = project(name);
        String value = Integer.toString(lastRequest);
        log.add(name, "asks for " + kind + " " + id);
        Cause cause = JenkinsFaults.cause(name).orElseGet(Cause.UserIdCause::new);
        Future<AcceptedRequest> result = requesters.submit(() -> submit(project, name, kind, id, value, cause));
        requested.add(result);
        return result;
    }

    private AcceptedRequest submit(OctopodProject project, String name, Kind kind, String id, String value, Cause cause)
            throws Exception {
        boolean configures = kind == Kind.CREATE || kind == Kind.UPDATE || kind == Kind.DEPLOY;
        Overrides overrides = configures ? Overrides.parse("VALUE=" + value) : Overrides.NONE;
        try {
            return StagingService.submit(StagingRequest.builder(project, name, kind)
                    .id(id)
                    .application(overrides)
                    .cause(cause)
                    .build());
        } catch (RefusalException e) {
            log.add(name, "refused " + id + ": " + e.getMessage());
            return null;
        } catch (Exception e) {
            model.violate(name, id + " was neither accepted nor refused: " + e);
            throw e;
        }
    }

    /** Whether all who have asked were answered. */
    boolean areAllAnswered() {
        requested.removeIf(Future::isDone);
        return requested.isEmpty();
    }

    /** Asks for something, and waits until its script has begun, which then does so; false where it doesn't come to that. */
    boolean begin(Staging staging, Kind kind, FortnightScripts.Mode mode) throws Exception {
        String name = staging.getName();
        if (isLasting(FaultKind.AGENT_STOPPED) || agents.online().isEmpty()) {
            return false; // it may not be answered now
        }
        boolean held = mode == FortnightScripts.Mode.HOLD || mode == FortnightScripts.Mode.STUBBORN;
        scripts.tell(name, mode);
        if (held) {
            scripts.hold(name);
        }
        AcceptedRequest accepted = request(name, kind).get();
        if (accepted == null) {
            scripts.tell(name, FortnightScripts.Mode.NONE);
            scripts.release(name);
            return false;
        }
        String line = " " + accepted.requestId() + " ";
        return TestProject.await(
                "the script of " + accepted.requestId() + " of " + name,
                () -> scripts.hasBegun(name, line) ? Boolean.TRUE : isPending(name, accepted) ? null : Boolean.FALSE);
    }

    private boolean isPending(String name, AcceptedRequest accepted) {
        Staging staging = staging(name);
        return staging != null
                && staging.observedState().pending() != null
                && staging.observedState().pending().requestId().equals(accepted.requestId());
    }

    /** The simulation is over. */
    void close() throws Exception {
        scripts.end();
        requesters.shutdownNow();
        clock.close();
    }
}
