package io.jenkins.plugins.octopod.dashboard.feed;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsListener;
import io.jenkins.plugins.octopod.staging.journal.ChangeJournal;
import io.jenkins.plugins.octopod.staging.journal.ProjectIndex;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Records in the {@link ChangeJournal} that a project’s stagings might look different, because their defaults have
 * changed. After a start of Jenkins, for example, tags that no override sets are unknown until the scripts have run.
 * Changes within ten seconds are recorded together.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class DefaultsChangeDebouncer extends DefaultsListener {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** Time for which changes are collected. */
    private volatile Duration pause = PAUSE;

    /** Full names of the projects with collected changes. */
    private final Set<String> projects = ConcurrentHashMap.newKeySet();

    /** Changes the pause until {@link #resetPause}, for tests. */
    void setPause(Duration time) {
        pause = time;
    }

    /** Reverts {@link #setPause}. */
    void resetPause() {
        pause = PAUSE;
    }

    @Override
    public void onDefaultsChanged(@NonNull String projectFullName) {
        if (projects.add(projectFullName)) {
            Timer.get().schedule(() -> write(projectFullName), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void write(String projectFullName) {
        // In this order: a change during the write is recorded by the next write.
        projects.remove(projectFullName);
        ProjectIndex.get().all().stream()
                .filter(project -> project.getFullName().equals(projectFullName))
                .flatMap(project -> project.allChildren(Staging.class))
                .forEach(staging -> ChangeJournal.get().changed(staging.getFullName()));
    }
}
