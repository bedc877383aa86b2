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
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Determines every minute which actions are due by the rules of the projects, and requests them from
 * {@link StagingService}. A refused request is repeated later.
 */
@Extension
public final class MaintenanceWork extends PeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(MaintenanceWork.class.getName());
    private static final List<MaintenanceRule> RULES =
            List.of(new ExpiryRule(), new RetentionRule(), new DeletedBranchRule(), new SleepRule());

    private final RefusalBackoff backoff = new RefusalBackoff();
    private final AtomicBoolean inProgress = new AtomicBoolean();

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    /** Jenkins’ timers are few, and the façade writes files. */
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

    /** Looks at all stagings now. */
    public synchronized void runAll() {
        Jenkins jenkins = Jenkins.get();
        if (jenkins.getInitLevel() != InitMilestone.COMPLETED || jenkins.isQuietingDown() || jenkins.isTerminating()) {
            return;
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (OctopodProject project : jenkins.allItems(OctopodProject.class)) {
                for (Staging staging : project.getItems(Staging.class::isInstance).stream()
                        .map(Staging.class::cast)
                        .toList()) {
                    applyRules(staging);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void applyRules(Staging staging) throws InterruptedException {
        for (MaintenanceRule maintenanceRule : RULES) {
            try {
                Instant now = StagingClock.now();
                maintenanceRule.onTick(staging, now);
                Instant nextAttempt = LifetimeService.nextAttempt(staging);
                boolean canSubmit = !staging.isBusy()
                        && !staging.isUnclear()
                        && (nextAttempt == null || !now.isBefore(nextAttempt))
                        && backoff.isOver(staging, now);
                StagingRequest request = canSubmit ? maintenanceRule.due(staging, now) : null;
                if (request != null) {
                    StagingService.submit(request);
                    backoff.forget(staging);
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
