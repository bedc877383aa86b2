package io.jenkins.plugins.octopod.staging.maintenance;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;
import jenkins.model.Jenkins;

/** Tracks which stagings a job deployed last. Follows jobs that are renamed or moved. */
@Extension
public final class UpstreamJobListener extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(UpstreamJobListener.class.getName());

    /**
     * Updates the name of each job. Jenkins calls this for every job in a folder, but not for a deleted job, which may
     * exist again in the renamed folder.
     */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        // All stagings of a project move with it, and no staging deploys a different one.
        if (item instanceof Staging || item instanceof OctopodProject) {
            return;
        }
        for (Staging staging : stagings()) {
            for (String job : LifetimeService.deployingJobs(staging)) {
                if (job.equals(oldFullName) || job.startsWith(oldFullName + "/")) {
                    follow(staging, job, newFullName + job.substring(oldFullName.length()));
                }
            }
        }
    }

    private static void follow(Staging staging, String job, String movedTo) {
        try {
            LifetimeService.jobMoved(staging, job, movedTo);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> staging.getFullName() + " doesn't know where its job is now");
        }
    }

    /** Returns the stagings that the job deployed last, including those with a pending request from a different job. */
    static List<Staging> deployedBy(String job) {
        return stagings().stream()
                .filter(staging -> LifetimeService.deployingJobs(staging).contains(job))
                .toList();
    }

    private static List<Staging> stagings() {
        return StreamSupport.stream(
                        Items.allItems2(ACL.SYSTEM2, Jenkins.get(), OctopodProject.class)
                                .spliterator(),
                        false)
                .flatMap(project -> project.allChildren(Staging.class))
                .toList();
    }
}
