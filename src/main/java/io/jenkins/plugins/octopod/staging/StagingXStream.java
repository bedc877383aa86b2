package io.jenkins.plugins.octopod.staging;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Items;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.util.XStream2;
import io.jenkins.plugins.octopod.StoredName;
import io.jenkins.plugins.octopod.staging.state.StateXStream;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The names under which items and runs are stored. Stored names do not depend on names of classes, so a class can be
 * renamed without a migration.
 */
@Restricted(NoExternalUse.class)
public final class StagingXStream {

    private StagingXStream() {}

    /** Registers the names before the first item, run or queue item is read. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void register() {
        // The queue stores a staging as the class and the full name.
        StoredName.register(
                "octopod-staging",
                Staging.class,
                "io.jenkins.plugins.octopod.staging.Staging",
                Items.XSTREAM2,
                (XStream2) Queue.XSTREAM);
        Run.XSTREAM2.alias("octopod-run", StagingRun.class);
        for (XStream2 xstream : List.of(Items.XSTREAM2, Run.XSTREAM2, (XStream2) Queue.XSTREAM)) {
            StateXStream.register(xstream);
        }
    }
}
