package io.jenkins.plugins.octopod.cli.options;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.CmdLineException;
import org.kohsuke.args4j.Option;

/** Options for overrides of an existing staging: those of {@link OverrideOptions}, and options that drop overrides. */
@Restricted(NoExternalUse.class)
public final class UpdateOptions extends OverrideOptions {

    @Option(
            name = "-E",
            aliases = {"--unset-app-config", "--unset-app-env-override"},
            metaVar = "KEY",
            usage =
                    "Removes the override of a key of the application configuration, so that the default applies again.")
    public void unsetApplication(String key) throws CmdLineException {
        application().unset(key);
    }

    @Option(
            name = "-O",
            aliases = {"--unset-deployment-config", "--unset-deployment-override"},
            metaVar = "KEY",
            usage = "Removes the override of a key of the deployment configuration, so that the default applies again.")
    public void unsetDeployment(String key) throws CmdLineException {
        deployment().unset(key);
    }
}
