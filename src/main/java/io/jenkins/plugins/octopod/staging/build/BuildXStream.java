package io.jenkins.plugins.octopod.staging.build;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Run;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The names under which builds store their actions on stagings. */
@Restricted(NoExternalUse.class)
public final class BuildXStream {

    private BuildXStream() {}

    /** Registers the names before the first build is read. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void register() {
        Run.XSTREAM2.alias("octopod-build-record", BuildRecord.class);
        Run.XSTREAM2.alias("octopod-build-action", BuildAction.class);
    }
}
