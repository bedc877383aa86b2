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

/** The changes of a period, with methods that tell which of them concern stagings that the current user could see. */
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
     * @param then version that the current user has received
     * @param now current version for this user
     * @return changes; empty if it isn’t known what has changed
     */
    public static Optional<ViewerChanges> between(ChangeVersion then, ChangeVersion now) {
        return now.isComparableTo(then)
                ? ChangeJournal.get()
                        .changesSince(then.journal())
                        .map(changes -> new ViewerChanges(Jenkins.getAuthentication2(), changes))
                : Optional.empty();
    }

    /** Returns the full names of all stagings that have changed, even if the viewer may not see them. */
    public Set<String> stagings() {
        return changes.stagings();
    }

    /** Returns whether a staging of that name was deleted that the viewer could see. */
    public boolean isDeleted(String staging) {
        return changes.isDeletedFor(viewer, staging);
    }

    /** Returns whether nothing has changed that the viewer can see. */
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
