package io.jenkins.plugins.octopod.staging.journal;

import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;

/** What the current user may know of the changes within a time: nothing of stagings that this user may not see. */
@Restricted(NoExternalUse.class)
public final class ViewerChanges {

    private final Authentication viewer;
    private final ChangeJournal.Changes changes;

    private ViewerChanges(Authentication viewer, ChangeJournal.Changes changes) {
        this.viewer = viewer;
        this.changes = changes;
    }

    /**
     * Returns the changes since then.
     *
     * @param now the version of the current user
     * @param then the version that this user has
     * @return empty if it isn’t known what has changed
     */
    public static Optional<ViewerChanges> between(ChangeVersion then, ChangeVersion now) {
        return now.isComparableTo(then)
                ? ChangeJournal.get()
                        .changesSince(then.journal())
                        .map(changes -> new ViewerChanges(Jenkins.getAuthentication2(), changes))
                : Optional.empty();
    }

    /** The full names of all stagings that have changed, whether or not the viewer may see them. */
    public Set<String> stagings() {
        return changes.stagings();
    }

    /** Whether the viewer could see a staging of that name that is deleted. */
    public boolean isDeleted(String staging) {
        return changes.isDeletedFor(viewer, staging);
    }

    /** Whether nothing has changed that the viewer could see. */
    public boolean isNothing() {
        return !changes.environment() && changes.stagings().stream().noneMatch(this::isOfViewer);
    }

    private boolean isOfViewer(String name) {
        return isDeleted(name) || isVisible(name);
    }

    private boolean isVisible(String name) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Staging staging = Jenkins.get().getItemByFullName(name, Staging.class);
            return staging != null && staging.getACL().hasPermission2(viewer, Item.READ);
        }
    }
}
