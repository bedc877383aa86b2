package io.jenkins.plugins.octopod.staging.journal;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.support.ItemVisibility;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Index of all projects, because searching every item of a large Jenkins takes too long for frequent requests. */
@Extension
@Restricted(NoExternalUse.class)
public final class ProjectIndex {

    private record Snapshot(ChangeJournal.Version at, List<OctopodProject> projects) {}

    private static final long MIN_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private volatile Snapshot snapshot;
    private final AtomicLong checkedAt = new AtomicLong(System.nanoTime());

    public static ProjectIndex get() {
        return ExtensionList.lookupSingleton(ProjectIndex.class);
    }

    /** Returns all projects, even if the current user may not see them, sorted by full name. */
    public List<OctopodProject> all() {
        ChangeJournal.Version now = ChangeJournal.get().current();
        Snapshot last = snapshot;
        if (last == null || last.at().epoch() != now.epoch()) {
            last = new Snapshot(now, find());
            snapshot = last;
        }
        return last.projects();
    }

    /**
     * Checks, once a second at most, whether Jenkins has read its configuration again. It sends no event for that,
     * which replaces all items.
     */
    public void refreshAfterReload() {
        long now = System.nanoTime();
        long last = checkedAt.get();
        if (now - last > MIN_INTERVAL && checkedAt.compareAndSet(last, now)) {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                if (all().stream().anyMatch(ProjectIndex::isReplaced)) {
                    ChangeJournal.get().everythingChanged();
                }
            }
        }
    }

    private static boolean isReplaced(OctopodProject project) {
        return Jenkins.get().getItemByFullName(project.getFullName()) != project;
    }

    private static List<OctopodProject> find() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get().getAllItems(OctopodProject.class).stream()
                    .sorted(Comparator.comparing(OctopodProject::getFullName, String.CASE_INSENSITIVE_ORDER))
                    .toList();
        }
    }

    /** Returns the projects below that group that the current user may see. */
    public List<OctopodProject> visibleIn(ItemGroup<?> group) {
        String prefix = group.getFullName().isEmpty() ? "" : group.getFullName() + '/';
        return all().stream()
                .filter(project -> project.getFullName().startsWith(prefix))
                .filter(ItemVisibility::isVisible)
                .toList();
    }
}
