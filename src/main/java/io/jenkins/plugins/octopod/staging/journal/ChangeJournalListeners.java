package io.jenkins.plugins.octopod.staging.journal;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Saveable;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.SaveableListener;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.octopod.AvailableAgentsListener;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import jenkins.model.Jenkins;

/** Listeners that record in the {@link ChangeJournal} every visible change that Jenkins reports. */
final class ChangeJournalListeners {

    private ChangeJournalListeners() {}

    private static void changed(Item staging) {
        ChangeJournal.get().changed(staging.getFullName());
    }

    /** Records changes of status, links, overrides and runs. */
    @Extension
    public static final class StagingChangeListener extends StagingListener {
        @Override
        public void onChanged(@NonNull Staging staging) {
            ChangeJournalListeners.changed(staging);
        }
    }

    /** Records that items are created, deleted or moved. */
    @Extension
    public static final class ItemChangeListener extends ItemListener {
        @Override
        public void onLoaded() {
            ChangeJournal.get().everythingChanged();
        }

        @Override
        public void onCreated(Item item) {
            itemChanged(item);
        }

        @Override
        public void onDeleted(Item item) {
            if (item instanceof Staging staging) {
                ChangeJournal.get().deleted(staging.getFullName(), staging.getACL());
            } else {
                itemChanged(item);
            }
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            if (item instanceof Staging || holdsProjects(item)) {
                ChangeJournal.get().everythingChanged();
            }
        }

        private static void itemChanged(Item item) {
            if (item instanceof Staging) {
                ChangeJournalListeners.changed(item);
            } else if (item instanceof ItemGroup<?>) {
                ChangeJournal.get().everythingChanged();
            }
        }
    }

    /**
     * Records changes of settings and permissions, which are stored in the configuration of Jenkins and of the folders
     * that contain a project. Data that is stored elsewhere, such as a user’s groups, is read again in each new time
     * slot of {@link ChangeVersion}.
     */
    @Extension
    public static final class SaveableChangeListener extends SaveableListener {
        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (saved instanceof Jenkins || saved instanceof Item item && holdsProjects(item)) {
                ChangeJournal.get().everythingChanged();
            }
        }
    }

    private static boolean holdsProjects(Item item) {
        return item instanceof OctopodProject
                || item instanceof ItemGroup<?>
                        && ProjectIndex.get().all().stream().anyMatch(project -> isWithin(project, item));
    }

    private static boolean isWithin(OctopodProject project, Item folder) {
        return project.getFullName().startsWith(folder.getFullName() + '/');
    }

    /** Records changes of agents, because they decide whether a project has one. */
    @Extension
    public static final class AgentChangeListener extends AvailableAgentsListener {
        @Override
        protected void onAvailable() {
            ChangeJournal.get().environmentChanged();
        }

        @Override
        public void onOffline(@NonNull Computer computer, OfflineCause cause) {
            ChangeJournal.get().environmentChanged();
        }

        @Override
        public void onTemporarilyOffline(Computer computer, OfflineCause cause) {
            ChangeJournal.get().environmentChanged();
        }
    }
}
