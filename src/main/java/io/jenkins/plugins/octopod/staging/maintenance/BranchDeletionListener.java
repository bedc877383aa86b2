package io.jenkins.plugins.octopod.staging.maintenance;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.lifetime.DeletedBranch;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.branch.MultiBranchProject;
import org.jenkinsci.plugins.variant.OptionalExtension;

/**
 * Marks the stagings of a branch or pull request when its job in a multibranch project is deleted.
 * {@link DeletedBranchRule} archives them later, because the branch might be back soon, or a staging might be busy now.
 */
@OptionalExtension(requirePlugins = "branch-api")
public final class BranchDeletionListener extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(BranchDeletionListener.class.getName());

    @Override
    public void onDeleted(Item item) {
        if (!(item instanceof Job) || !(item.getParent() instanceof MultiBranchProject)) {
            return;
        }
        DeletedBranch branch = new DeletedBranch(item.getFullDisplayName(), item.getFullName(), StagingClock.now());
        List<Staging> stagings = UpstreamJobListener.deployedBy(item.getFullName());
        for (Staging staging : stagings) {
            try {
                LifetimeService.markBranchDeleted(staging, branch);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> staging.getFullName() + " doesn't know that its branch is gone");
            }
        }
        if (!stagings.isEmpty()) {
            ExtensionList.lookupSingleton(MaintenanceWork.class).doRun();
        }
    }
}
