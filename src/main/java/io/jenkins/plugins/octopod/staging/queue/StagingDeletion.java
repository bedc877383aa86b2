package io.jenkins.plugins.octopod.staging.queue;

import hudson.model.Computer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.support.JenkinsShutdown;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/** Deletes stagings after their cleanup, and retries until their files can be deleted. */
final class StagingDeletion {

    private static final Logger LOGGER = Logger.getLogger(StagingDeletion.class.getName());
    private static final long POLL_INTERVAL_MILLIS = 50;

    private StagingDeletion() {}

    /** Deletes the staging of a run once no executor has the run any more. */
    static void deleteOnceIdle(StagingRun run) {
        Runnable now = () -> Computer.threadPoolForRemoting.submit(() -> {
            if (run.getExecutor() == null) {
                delete(run.getParent());
            } else {
                deleteOnceIdle(run);
            }
        });
        Timer.get().schedule(now, POLL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Deletes the staging on another thread. */
    static void deleteLater(Staging staging) {
        Computer.threadPoolForRemoting.submit(() -> delete(staging));
    }

    private static void delete(Staging staging) {
        if (!ActionQueue.exists(staging)) {
            return;
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            staging.deleteAfterCleanup();
        } catch (IOException | RuntimeException e) {
            // Another plugin can veto the deletion, or another thread might be deleting the staging.
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Staging " + staging.getFullName() + " is cleaned up, but its files can't be deleted yet");
            deleteSomeTimeLater(staging);
        } catch (InterruptedException e) {
            if (!JenkinsShutdown.isInProgress()) {
                deleteSomeTimeLater(staging);
            }
            Thread.currentThread().interrupt();
        }
    }

    private static void deleteSomeTimeLater(Staging staging) {
        Timer.get().schedule(() -> deleteLater(staging), ActionQueue.RETRY_SECONDS, TimeUnit.SECONDS);
    }
}
