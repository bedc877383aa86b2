package io.jenkins.plugins.octopod.project;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.FolderIcon;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.model.HealthReport;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.model.View;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Folder to which only the façade adds children. {@link OctopodProject} adds the settings. */
public abstract class ProjectFolder extends AbstractFolder<TopLevelItem> {

    ProjectFolder(ItemGroup<?> parent, String name) {
        super(parent, name);
    }

    @Override
    protected void initViews(List<View> views) throws IOException {
        for (ProjectViewFactory factory : ExtensionList.lookup(ProjectViewFactory.class)) {
            views.add(factory.createPrimaryView((OctopodProject) this));
            return;
        }
        super.initViews(views);
    }

    @Override
    protected FolderIcon newDefaultFolderIcon() {
        return new ProjectIcon();
    }

    /**
     * Returns the health of the staging whose runs fail most, which names that staging. The superclass computes it
     * about once an hour, and shows all users the same.
     *
     * @return an empty list for a user who can’t read all stagings
     */
    @Override
    public List<HealthReport> getBuildHealthReports() {
        List<HealthReport> reports;
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            reports = super.getBuildHealthReports();
        }
        return reports.isEmpty() || children().stream().allMatch(child -> child.hasPermission(READ))
                ? reports
                : List.of();
    }

    /**
     * Adds a child, without a check of names and limits.
     *
     * @throws IllegalArgumentException if a project can’t hold that kind of item
     */
    public void addChild(@NonNull TopLevelItem child) {
        if (!(child instanceof ProjectChild)) {
            throw new IllegalArgumentException("a project doesn't hold " + child.getClass());
        }
        itemsPut(child.getName(), child);
        ItemListener.fireOnCreated(child);
    }

    /** Returns the child with the name, even if the current user can’t read it; {@code null} if there is none. */
    @CheckForNull
    public TopLevelItem childOrNull(@NonNull String name) {
        return items.get(name);
    }

    /** Returns all children, even those that the current user can’t read. */
    @NonNull
    public Collection<TopLevelItem> children() {
        return Collections.unmodifiableCollection(items.values());
    }

    /** Returns all children of the type, even those that the current user can’t read. */
    @NonNull
    public <T extends TopLevelItem> Stream<T> allChildren(@NonNull Class<T> type) {
        return children().stream().filter(type::isInstance).map(type::cast);
    }

    /** Returns the children of the type that the current user can read. */
    @NonNull
    public <T extends TopLevelItem> Stream<T> visibleChildren(@NonNull Class<T> type) {
        return getItems(type::isInstance).stream().map(type::cast);
    }
}
