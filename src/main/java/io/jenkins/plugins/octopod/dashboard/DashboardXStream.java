package io.jenkins.plugins.octopod.dashboard;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Items;
import hudson.model.User;
import io.jenkins.plugins.octopod.StoredName;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Registers the names under which the view is stored (in projects and other folders, in Jenkins, and among the views of
 * a user) and a user’s preferences for the table.
 */
@Restricted(NoExternalUse.class)
public final class DashboardXStream {

    private DashboardXStream() {}

    /** Registers the names before the first view or user is read. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void register() {
        StoredName.register(
                "octopod-stagings-view",
                StagingsView.class,
                "io.jenkins.plugins.octopod.dashboard.StagingsView",
                Items.XSTREAM2,
                Jenkins.XSTREAM2,
                User.XSTREAM);
        User.XSTREAM.alias("octopod-table-preferences", TablePreferences.class);
    }
}
