package io.jenkins.plugins.octopod.staging.maintenance;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Cause;
import hudson.model.Items;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.util.XStream2;
import io.jenkins.plugins.octopod.StoredName;
import io.jenkins.plugins.octopod.staging.request.CapacityCause;
import io.jenkins.plugins.octopod.staging.state.StateXStream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The names under which causes are stored in runs, in the queue and in {@code observed.xml}. */
@Restricted(NoExternalUse.class)
public final class StoredCauses {

    /** The package of the class names that were stored before causes had names of their own. */
    private static final String BEFORE = "io.jenkins.plugins.octopod.staging.";

    private StoredCauses() {}

    /** Registers the names before the first run or queue item is read. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void register() {
        name(CapacityCause.class, "octopod-capacity-cause", "RoomCause");
        name(DeletedBranchCause.class, "octopod-deleted-branch-cause", "upkeep.GoneBranchCause");
        name(ExpiryCause.class, "octopod-expiry-cause", "upkeep.ExpiryCause");
        name(RetentionCause.class, "octopod-retention-cause", "upkeep.RetentionCause");
        name(SleepCause.class, "octopod-sleep-cause", "upkeep.SleepCause");
        name(WakeCause.class, "octopod-wake-cause", "upkeep.WakeCause");
    }

    private static void name(Class<? extends Cause> cause, String name, String before) {
        StoredName.register(
                name,
                cause,
                BEFORE + before,
                Items.XSTREAM2,
                Run.XSTREAM2,
                (XStream2) Queue.XSTREAM,
                StateXStream.XSTREAM);
    }
}
