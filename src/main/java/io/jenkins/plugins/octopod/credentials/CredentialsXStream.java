package io.jenkins.plugins.octopod.credentials;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Items;
import io.jenkins.plugins.octopod.StoredName;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Registers the name under which a project’s credentials for scripts are stored. */
@Restricted(NoExternalUse.class)
public final class CredentialsXStream {

    private CredentialsXStream() {}

    /** Registers the name before the first project is read. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void register() {
        StoredName.register(
                "octopod-script-credentials",
                ScriptCredentialsProperty.class,
                "io.jenkins.plugins.octopod.credentials.ScriptCredentialsProperty",
                Items.XSTREAM2);
    }
}
