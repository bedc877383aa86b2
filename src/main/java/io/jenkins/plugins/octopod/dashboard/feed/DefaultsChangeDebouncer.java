package io.jenkins.plugins.octopod.dashboard.feed;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.octopod.project.OctopodProject;
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
 * Changes are collected for a while and recorded together.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class DefaultsChangeDebouncer extends DefaultsListener {

    /** Tests set another. */
    static volatile Duration pause = Duration.ofSeconds(10);

    /** The full names of those that are to be written down. */
    private final Set<String> projects = ConcurrentHashMap.newKeySet();

    @Override
    public void onDefaultsChanged(@NonNull String projectFullName) {
        if (projects.add(projectFullName)) {
            Timer.get().schedule(() -> write(projectFullName), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void write(String projectFullName) {
        // Before it is looked at: what comes from now on is to be written later.
        projects.remove(projectFullName);
        ProjectIndex.get().all().stream()
                .filter(project -> project.getFullName().equals(projectFullName))
                .map(OctopodProject::children)
                .flatMap(children -> children.stream().filter(Staging.class::isInstance))
                .forEach(staging -> ChangeJournal.get().changed(staging.getFullName()));
    }
}
