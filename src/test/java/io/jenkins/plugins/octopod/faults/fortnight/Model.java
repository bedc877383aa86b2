package io.jenkins.plugins.octopod.faults.fortnight;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.faults.fortnight.StagingModel.Request;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What requests were accepted, and what has really run. It is told of each change of a staging, and reads the journal that the scripts
 * write. What contradicts a promise is a {@link Violation}. Thread-safe.
 */
final class Model {

    /**
     * A promise that wasn't kept.
     *
     * @param staging null if it concerns none
     */
    record Violation(@CheckForNull String staging, String what) {}

    /** @param last the request that was pending; null if none was */
    private record Deletion(
            String staging,
            @CheckForNull Request last,
            @CheckForNull Status status) {}

    private final SimulatedTime time;
    private final EventLog log;
    private final Map<String, StagingModel> stagings = new LinkedHashMap<>();
    private final Map<String, Request> requests = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private final List<Deletion> deletions = new ArrayList<>();
    private final Map<String, Instant> goneJobs = new HashMap<>();
    private int step;
    private boolean nightNow;

    /** Whether it was night at the last step, or is now. */
    private boolean nightJustOver;

    /** Why requests may end without their script now. */
    private final Set<String> excuses = new TreeSet<>();

    Model(SimulatedTime time, EventLog log) {
        this.time = time;
        this.log = log;
    }

    synchronized void add(String name, boolean sleeps) {
        stagings.put(name, new StagingModel(name, sleeps));
    }

    synchronized StagingModel of(String name) {
        return stagings.get(name);
    }

    synchronized void beginStep(int number) {
        nightJustOver = Rules.isNight(time.now()) || nightNow;
        nightNow = Rules.isNight(time.now());
        step = number;
    }

    /** Takes in what Jenkins stores of a staging now. */
    synchronized void changed(@NonNull Staging staging) {
        StagingModel known = stagings.get(staging.getName());
        if (known == null) {
            return;
        }
        ObservedState observed = staging.observedState();
        PendingAction pending = observed.pending();
        if (known.pending != null && (pending == null || !pending.requestId().equals(known.pending.id))) {
            end(known, "“" + observed.reason() + "”");
        }
        if (pending != null && known.pending == null) {
            accept(known, pending);
        }
        if (observed.status() != known.status) {
            log.add(known.name, "status " + observed.status() + ", " + observed.reason());
            if (observed.status() == Status.Archived && known.status != Status.Archived) {
                // A restoration that was called off doesn't begin the time in the archive anew.
                boolean calledOff = known.status == Status.CreatePending && known.archivedBefore != null;
                known.archivedAt = calledOff ? known.archivedBefore : time.now();
            } else if (!observed.status().isArchived()) {
                known.archivedBefore = known.status == Status.Archived ? known.archivedAt : known.archivedBefore;
                known.archivedAt = known.status == Status.Archived ? null : known.archivedAt;
            }
            known.status = observed.status();
        }
    }

    private void accept(StagingModel known, PendingAction pending) {
        Request again = requests.get(pending.requestId());
        if (again != null) {
            violate(known.name, again + " has ended, and is pending again");
            return;
        }
        Cause cause = pending.causes().stream()
                .filter(MaintenanceCause.class::isInstance)
                .findFirst()
                .orElse(null);
        String value = pending.desiredState() == null
                ? null
                : pending.desiredState().overrides().application().asMap().get("VALUE");
        Request request = new Request(
                pending.requestId(),
                known.name,
                pending.action(),
                time.now(),
                step,
                cause == null ? null : cause.getClass().getSimpleName(),
                value);
        request.excuse = excuses.stream().findFirst().orElse(null);
        requests.put(request.id, request);
        log.add(known.name, "accepted " + request + ", VALUE=" + value);
        if (cause == null && !request.id.startsWith(World.OWN_REQUEST)) {
            violate(known.name, "nobody has asked for " + request);
        }
        if (cause != null) {
            Rules.refuse(known, request, goneSince(known), time.now(), time.instant())
                    .ifPresent(why -> violate(known.name, "Jenkins asked for " + request + ", but " + why));
        }
        request.job = request.action.isDeploying() ? upstreamJob(pending) : null;
        known.pending = request;
        if (request.action == StagingAction.CREATE) {
            // There is nothing before it to be restored.
            known.deployedBy = request.job;
            known.renewedAt = time.now();
        }
    }

    @CheckForNull
    private static String upstreamJob(PendingAction pending) {
        return pending.causes().stream()
                .filter(Cause.UpstreamCause.class::isInstance)
                .map(cause -> ((Cause.UpstreamCause) cause).getUpstreamProject())
                .findFirst()
                .orElse(null);
    }

    /** The job of a branch is deleted. */
    synchronized void jobGone(String job) {
        log.add(null, job + " is deleted");
        goneJobs.put(job, time.now());
    }

    /** The job of a branch is there again, and has been for a moment. */
    synchronized void jobBack(String job) {
        log.add(null, job + " is there again");
        goneJobs.remove(job);
    }

    /** Since when the job is gone that has deployed a staging; null if it is there, or none has deployed it. */
    @CheckForNull
    private Instant goneSince(StagingModel known) {
        return known.deployedBy == null ? null : goneJobs.get(known.deployedBy);
    }

    private void end(StagingModel known, String how) {
        Request request = known.pending;
        log.add(known.name, "ended " + request + ": " + how);
        request.ended = true;
        if (how.contains("failed because of an error in Jenkins")) {
            violate(known.name, request + " " + how);
        }
        if (request.mayBeLost && Rules.isLostWithAgent(how)) {
            request.excuse = "lost with its agent";
            known.lost = request;
        }
        known.pending = null;
    }

    /** The staging isn't there any more. */
    synchronized void deleted(String name) {
        StagingModel known = stagings.get(name);
        if (known == null) {
            return;
        }
        log.add(name, "deleted");
        Request last = known.pending;
        if (last != null) {
            end(known, "deleted");
        }
        deletions.add(new Deletion(name, last, known.status));
        known.forget();
    }

    /** Takes in what scripts have noted. */
    synchronized void read(List<String> lines) {
        for (String line : lines) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "B" -> begun(words);
                case "E" -> log.add(words[1], "script " + words[2] + " " + words[3] + " ended: " + words[4]);
                case "O" -> violate(words[1], "a script began while another was running: " + line);
                default -> log.add(null, "waiting in " + line);
            }
        }
        for (Deletion deletion : deletions) {
            boolean cleanedUp = deletion.last() != null
                    && deletion.last().begun == 1
                    && deletion.last().action == StagingAction.CLEANUP;
            boolean neverQueued = deletion.last() != null
                    && deletion.last().begun == 0
                    && deletion.last().action == StagingAction.CREATE
                    && deletion.last().excuse != null;
            if (!cleanedUp && !neverQueued) {
                violate(deletion.staging(), "it was deleted without being cleaned up: " + deletion);
            }
        }
        deletions.clear();
    }

    private void begun(String[] words) {
        String name = words[1];
        log.add(name, "script " + words[2] + " " + words[3] + " began: " + String.join(" ", words));
        Request request = requests.get(words[3]);
        StagingModel known = stagings.get(name);
        if (request == null || known == null) {
            violate(name, "a script began that no accepted request is known for: " + String.join(" ", words));
            return;
        }
        request.begun++;
        if (request.begun > 1) {
            violate(name, request + " was run again");
        }
        String script = request.action.script().fileName();
        if (!request.staging.equals(name) || !script.equals(words[2])) {
            violate(name, request + " has run " + words[2]);
        }
        String value = words[words.length - 1];
        if (!value.equals(request.value == null ? "-" : request.value)) {
            violate(name, request + " was accepted with VALUE=" + request.value + ", and run with " + value);
        }
        // What is known of a staging that was cleaned up is forgotten before the journal is read.
        known.lastBegun = request.action == StagingAction.CLEANUP ? null : request;
        known.lost = null;
        known.deployedBy = request.job == null ? known.deployedBy : request.job;
        known.asleep = "SleepCause".equals(request.cause);
        // A request that was called off before its script renews nothing.
        if (request.cause == null && request.action.isDeploying()) {
            known.renewedAt = request.accepted;
        }
        if (request.cause != null) {
            Rules.refuseScript(request, goneSince(known), nightJustOver)
                    .ifPresent(why -> violate(name, request + " was begun, but " + why));
        }
    }

    /** Checks what has ended; everything that it has run must have been read. */
    synchronized void settle() {
        requests.values().stream()
                .filter(request -> request.ended && request.begun == 0 && request.excuse == null)
                .filter(request -> request.cause == null || request.step == step)
                .forEach(request ->
                        violate(request.staging, request + " was accepted, and has ended without its script"));
        // What is settled has been said.
        requests.values().stream().filter(request -> request.ended).forEach(request -> request.excuse = "settled");
    }

    /** What is pending of a staging may end without its script. */
    synchronized void excuse(String name, String why) {
        StagingModel known = stagings.get(name);
        if (known != null && known.pending != null) {
            log.add(name, "may be called off: " + why);
            known.pending.excuse = why;
        }
    }

    /** What Jenkins has asked for by itself may not be due any more when its run begins. */
    synchronized void excuseMaintenance(String why) {
        stagings.values().stream()
                .filter(known -> known.pending != null && known.pending.cause != null)
                .forEach(known -> excuse(known.name, why));
    }

    /** What is pending of a staging, and hasn't begun, may be lost with its agent. */
    synchronized void mayBeLost(String name) {
        StagingModel known = stagings.get(name);
        if (known != null && known.pending != null && known.pending.begun == 0 && known.pending.excuse == null) {
            log.add(name, "may be lost with its agent");
            known.pending.mayBeLost = true;
        }
    }

    /** From now on all that is pending or accepted may end without its script. */
    synchronized void excuseAll(String why) {
        excuses.add(why);
        stagings.values().stream().filter(known -> known.pending != null).forEach(known -> known.pending.excuse = why);
    }

    /** From now on that is no excuse any more, but for what is pending. */
    synchronized void excuseNoMore(String why) {
        excuses.remove(why);
    }

    /** The script of what Jenkins has asked for by itself must not begin any more. */
    synchronized void forbid(String name, String why) {
        StagingModel known = stagings.get(name);
        if (known.pending != null && known.pending.cause != null && !"WakeCause".equals(known.pending.cause)) {
            log.add(name, "must not begin: " + why);
            known.pending.forbidden = why;
        }
    }

    /** What Jenkins has asked for as it had expired must not begin any more. */
    synchronized void forbidExpiry(String name) {
        StagingModel known = stagings.get(name);
        if (known.pending != null && "ExpiryCause".equals(known.pending.cause)) {
            forbid(name, "its expiry was moved meanwhile");
        }
    }

    synchronized void violate(@CheckForNull String name, String what) {
        log.add(name, "VIOLATION: " + what);
        violations.add(new Violation(name, what));
    }

    synchronized List<Violation> violations() {
        return List.copyOf(violations);
    }

    synchronized int accepted() {
        return requests.size();
    }
}
