package io.jenkins.plugins.octopod.staging.checks;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Label;
import hudson.model.Node;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.staging.CheckState;
import io.jenkins.plugins.octopod.staging.CheckState.PendingCheck;
import io.jenkins.plugins.octopod.staging.Staging;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Schedule of the checks of one project’s stagings. Only one thread at a time may call {@link #tick}. */
final class ProjectChecks {

    private static final Logger LOGGER = Logger.getLogger(ProjectChecks.class.getName());

    private final CheckScheduler checkScheduler;
    private final OctopodProject project;

    /** Stagings that must not wait for the next check of all stagings. */
    private final Set<Staging> dueSoon = ConcurrentHashMap.newKeySet();

    private volatile Instant due;
    private volatile boolean unanswered;

    ProjectChecks(CheckScheduler checkScheduler, OctopodProject project, Instant now) {
        this.checkScheduler = checkScheduler;
        this.project = project;
        // Projects that were loaded together are not all checked at the same moment.
        Duration interval = project.getChecks().intervalDuration();
        this.due = now.plusMillis(Math.floorMod(project.getFullName().hashCode(), interval.toMillis()));
    }

    OctopodProject project() {
        return project;
    }

    /** Has the staging checked within a second. */
    void scheduleSoon(Staging staging) {
        dueSoon.add(staging);
    }

    /** Makes the check of all stagings due now if some could not be checked the last time. */
    void runNow(Instant now) {
        if (unanswered) {
            due = now;
        }
    }

    /** Records that a staging could not be checked since the last check of all stagings began. */
    void unanswered() {
        unanswered = true;
    }

    /** Starts the checks that are due, without blocking. */
    void tick(Instant now) {
        CheckSettings settings = project.getChecks();
        Instant latest = now.plus(settings.intervalDuration());
        Map<Staging, PendingCheck> pendingChecks;
        boolean all = !due.isAfter(now);
        if (all) {
            due = latest;
            unanswered = false;
            pendingChecks = sweep(now, settings);
        } else {
            // The interval might have been made shorter.
            due = due.isAfter(latest) ? latest : due;
            pendingChecks = dueEarly(now);
        }
        pendingChecks.entrySet().removeIf(next -> isKnown(next.getKey(), next.getValue(), now));
        if (!pendingChecks.isEmpty()) {
            try {
                ask(pendingChecks, now);
            } catch (RuntimeException | Error e) {
                // Otherwise these checks would stay in progress forever, and their statuses would count as confirmed.
                Observation unknown = new Observation.Unknown(Messages.CheckBatch_internalError(e));
                pendingChecks.forEach(
                        (staging, pendingCheck) -> staging.checks().answered(pendingCheck, unknown, now));
                throw e;
            }
        }
        if (all) {
            giveUpOverdue(overdueAfter(settings), now);
        }
    }

    private static Duration overdueAfter(CheckSettings settings) {
        return settings.intervalDuration().plus(settings.timeoutDuration()).multipliedBy(2);
    }

    /** Gives up overdue checks whose agent would not be selected any more, and has their stagings checked again. */
    private void giveUpOverdue(Duration limit, Instant now) {
        List<Staging> overdue = stagings(project).stream()
                .filter(staging -> staging.checks().isOverdue(limit, now))
                .toList();
        if (overdue.isEmpty()) {
            return;
        }
        AgentSelector agentSelector = AgentSelector.of(project);
        for (Staging staging : overdue) {
            String agent =
                    agentSelector.forStaging(staging).map(Node::getNodeName).orElse(null);
            staging.checks().giveUpOverdue(limit, now, agent);
            scheduleSoon(staging);
        }
    }

    /** Stores the status if it is known without running a script, and returns whether it is. */
    private boolean isKnown(Staging staging, PendingCheck pendingCheck, Instant now) {
        Optional<Observation> known = ask(staging, pendingCheck);
        known.ifPresent(seen -> {
            staging.checks().answered(pendingCheck, seen, now);
            if (staging.checks().areLinksWanted()) {
                scheduleSoon(staging);
            }
        });
        return known.isPresent();
    }

    /** Asks the status sources. A failure for one staging does not affect the others. */
    private static Optional<Observation> ask(Staging staging, PendingCheck pendingCheck) {
        try {
            return StatusSource.ask(staging, pendingCheck.script());
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "What is known of " + staging + " can't be told");
            return Optional.of(new Observation.Unknown(Messages.CheckBatch_internalError(e)));
        }
    }

    private Map<Staging, PendingCheck> sweep(Instant now, CheckSettings settings) {
        Duration overdueAfter = overdueAfter(settings);
        Map<Staging, PendingCheck> pendingChecks = new HashMap<>();
        for (Staging staging : stagings(project)) {
            CheckState checkState = staging.checks();
            checkState.markOverdue(overdueAfter, now);
            put(staging, checkState.beginCheck(now), pendingChecks);
        }
        return pendingChecks;
    }

    /** Adds a check that has begun. A staging whose links are being read is checked soon instead. */
    private void put(
            Staging staging, @CheckForNull PendingCheck pendingCheck, Map<Staging, PendingCheck> pendingChecks) {
        if (pendingCheck != null) {
            pendingChecks.put(staging, pendingCheck);
        } else if (staging.checks().isAskedForLinks()) {
            scheduleSoon(staging);
        }
    }

    private Map<Staging, PendingCheck> dueEarly(Instant now) {
        Map<Staging, PendingCheck> pendingChecks = new HashMap<>();
        for (Staging staging : dueSoon) {
            dueSoon.remove(staging);
            boolean there = project.childOrNull(staging.getName()) == staging;
            if (there) {
                CheckState checkState = staging.checks();
                put(
                        staging,
                        checkState.areLinksWanted() ? checkState.beginLinksCheck(now) : checkState.beginCheck(now),
                        pendingChecks);
            }
        }
        return pendingChecks;
    }

    private void ask(Map<Staging, PendingCheck> pendingChecks, Instant now) {
        String cloudOnlyLabel = ProjectAgents.cloudOnlyLabel(project);
        if (cloudOnlyLabel == null) {
            ProjectAgents.need(project);
        }
        AgentSelector agentSelector = AgentSelector.of(project);
        Map<Node, CheckBatch> batches = new HashMap<>();
        pendingChecks.forEach((staging, pendingCheck) -> {
            Optional<Node> agent = agentSelector.forStaging(staging);
            if (agent.isEmpty() && cloudOnlyLabel != null) {
                // The project’s statuses are not checked between runs, so an outdated status is not marked as stale.
                unanswered();
                staging.checks().leave(pendingCheck);
            } else if (agent.isEmpty()) {
                unanswered();
                staging.checks().answered(pendingCheck, new Observation.Unknown(noAgentMessage()), now);
            } else {
                batches.computeIfAbsent(agent.get(), node -> new CheckBatch(checkScheduler, this, node))
                        .add(staging, pendingCheck);
            }
        });
        AtomicInteger open = new AtomicInteger(batches.size());
        for (CheckBatch batch : batches.values()) {
            checkScheduler.execute(() -> {
                batch.run();
                if (open.decrementAndGet() == 0) {
                    checkScheduler
                            .statistics()
                            .addSweep(project.getFullName(), Duration.between(now, checkScheduler.now()));
                }
            });
        }
    }

    private RestrictedMessage noAgentMessage() {
        Label label = project.assignedLabel();
        if (label != null
                && project.getChecks().isKeepAgent()
                && !label.getClouds().isEmpty()) {
            return new RestrictedMessage(
                    Messages.ProjectChecks_anyAgentIsComing(), Messages.ProjectChecks_agentIsComing(label));
        }
        return label == null
                ? RestrictedMessage.unrestricted(Messages.ProjectChecks_noAgent())
                : new RestrictedMessage(Messages.ProjectChecks_noAgent(), Messages.ProjectChecks_noAgentOfLabel(label));
    }

    /** Returns the stagings that the current user may see. */
    static List<Staging> stagings(OctopodProject project) {
        return project.visibleChildren(Staging.class).toList();
    }
}
