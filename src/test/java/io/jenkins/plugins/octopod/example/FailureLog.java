package io.jenkins.plugins.octopod.example;

import hudson.Extension;
import hudson.model.Computer;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import java.util.logging.Logger;

/** Writes to Jenkins' log when a staging that was running fails. */
@Extension
public class FailureLog extends StagingListener {

    private static final Logger LOGGER = Logger.getLogger(FailureLog.class.getName());

    @Override
    public void onStatusChanged(Staging staging, Status before, Status now) {
        if (before == Status.Running && now.isFailure()) {
            // The state is read now, because it can change. Slow work is done on a different thread.
            String line = staging.getFullDisplayName() + " fails: "
                    + staging.observedState().reason();
            Computer.threadPoolForRemoting.submit(() -> LOGGER.info(line));
        }
    }
}
