package io.jenkins.plugins.octopod.staging.maintenance;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.model.Computer;
import hudson.model.PeriodicWork;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.lifetime.ObservedTime;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Determines every minute which actions are due by the rules of the projects, and requests them from
 * {@link StagingService}. A refused request is repeated later.
 */
@Extension
public final class MaintenanceWork extends PeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(MaintenanceWork.class.getName());
    static final List<MaintenanceRule> RULES =
            List.of(new ExpiryRule(), new RetentionRule(), new DeletedBranchRule(), new SleepRule());

    private final CleanupSafeguard cleanupSafeguard = new CleanupSafeguard();
    private final RefusalBackoff backoff = new RefusalBackoff();
    private final AtomicBoolean inProgress = new AtomicBoolean();

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    /** Runs on another thread, because Jenkins has few timer threads and the façade writes files. */
    @Override
    protected void doRun() {
        if (inProgress.compareAndSet(false, true)) {
            Computer.threadPoolForRemoting.submit(() -> {
                try {
                    runAll();
                } finally {
                    inProgress.set(false);
                }
            });
        }
    }

    /** Applies the rules to all stagings now. */
    public synchronized void runAll() {
        Jenkins jenkins = Jenkins.get();
        if (jenkins.getInitLevel() != InitMilestone.COMPLETED || jenkins.isQuietingDown() || jenkins.isTerminating()) {
            return;
        }
        ObservedTime.get().look();
        cleanupSafeguard.beginPass();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (OctopodProject project : jenkins.allItems(OctopodProject.class)) {
                for (Staging staging : project.allChildren(Staging.class).toList()) {
                    applyRules(staging);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cleanupSafeguard.endPass();
        }
    }

    /**
     * Returns how many cleanups are due and delayed by each project’s limit per hour, without projects that have none.
     */
    @Restricted(NoExternalUse.class)
    public Map<OctopodProject, Integer> heldBackCleanups() {
        return cleanupSafeguard.heldBack();
    }

    private boolean canSubmit(Staging staging, Instant now) {
        Instant nextAttempt = LifetimeService.nextAttempt(staging);
        return !staging.isBusy()
                && !staging.isUnclear()
                && (nextAttempt == null || !now.isBefore(nextAttempt))
                && backoff.isOver(staging, now);
    }

    private void apply(MaintenanceRule rule, Staging staging, Instant now)
            throws RefusalException, InterruptedException {
        StagingRequest request = rule.due(staging, staging.lifetimePolicy(), now);
        if (request == null) {
            if (rule.isIrreversible()) {
                cleanupSafeguard.notDue(staging);
            }
        } else if (!rule.isIrreversible() || cleanupSafeguard.allows(staging)) {
            StagingService.submit(request);
            backoff.forget(staging);
            if (rule.isIrreversible()) {
                cleanupSafeguard.requested(staging);
            }
        }
    }

    private void applyRules(Staging staging) throws InterruptedException {
        cleanupSafeguard.look(staging);
        for (MaintenanceRule maintenanceRule : RULES) {
            try {
                Instant now = StagingClock.now();
                maintenanceRule.onTick(staging, now);
                if (canSubmit(staging, now)) {
                    apply(maintenanceRule, staging, now);
                }
            } catch (RefusalException e) {
                backoff.add(staging, StagingClock.now());
                LOGGER.log(Level.FINE, e, () -> staging.getFullName() + " is left for later");
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> staging.getFullName() + " couldn't be looked after");
            }
        }
    }
}
