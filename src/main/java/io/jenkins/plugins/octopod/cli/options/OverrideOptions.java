package io.jenkins.plugins.octopod.cli.options;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.CmdLineException;
import org.kohsuke.args4j.Option;

/** Options for overrides. Each can occur several times, and the last one for a key counts. */
@Restricted(NoExternalUse.class)
public class OverrideOptions {

    private final OverrideChanges application = new OverrideChanges();
    private final OverrideChanges deployment = new OverrideChanges();

    @Option(
            name = "-t",
            aliases = "--tag",
            metaVar = "TAG",
            usage = "Version to deploy. Sets the deployment key that the project uses for the version (image.tag by "
                    + "default). Takes precedence over other options for that key.")
    @CheckForNull
    private String tag;

    @Option(
            name = "-e",
            aliases = "--set-app-config",
            metaVar = "KEY=VALUE",
            usage = "Sets a key of the application configuration. All options for keys can be repeated.")
    public final void setApplication(String pair) throws CmdLineException {
        application.set(pair);
    }

    @Option(
            name = "-o",
            aliases = "--set-deployment-config",
            metaVar = "KEY=VALUE",
            usage = "Sets a key of the deployment configuration.")
    public final void setDeployment(String pair) throws CmdLineException {
        deployment.set(pair);
    }

    @Option(
            name = "--remove-app-config",
            metaVar = "KEY",
            usage = "Leaves a key out of the application configuration, even if the key has a default.")
    public final void removeApplication(String key) throws CmdLineException {
        application.remove(key);
    }

    @Option(
            name = "--remove-deployment-config",
            metaVar = "KEY",
            usage = "Leaves a key out of the deployment configuration, even if the key has a default.")
    public final void removeDeployment(String key) throws CmdLineException {
        deployment.remove(key);
    }

    @ModuleInternal
    public final OverrideChanges deployment() {
        return deployment;
    }

    @ModuleInternal
    public final OverrideChanges application() {
        return application;
    }

    /**
     * Returns the changes of deployment overrides, including the tag.
     *
     * @throws RefusalException if the tag isn’t a valid value
     */
    @ModuleInternal
    public final OverrideChanges deployment(OctopodProject project) throws RefusalException {
        return tag == null
                ? deployment
                : deployment.then(
                        new Overrides.Builder().set(project.getTagKey(), tag).build());
    }
}
