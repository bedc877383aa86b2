package io.jenkins.plugins.octopod.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import org.jvnet.localizer.Localizable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** Base class of commands for a staging. */
@Restricted(NoExternalUse.class)
public abstract class AbstractStagingCommand extends AbstractOctopodCommand {

    @Option(name = "-n", aliases = "--name", metaVar = "NAME", required = true, usage = "Name of the staging.")
    @CheckForNull
    private String name;

    AbstractStagingCommand(Localizable shortDescription, Localizable details) {
        super(shortDescription, details);
    }

    final String name() {
        return name;
    }

    /**
     * Returns the staging.
     *
     * @throws RefusalException if there is none, or the current user can’t see it
     */
    final Staging staging() throws RefusalException {
        return find(project(), name);
    }

    static Staging find(OctopodProject project, String name) throws RefusalException {
        return StagingService.find(project, name)
                // Jenkins’ lookup of names can ignore case.
                .filter(staging -> staging.getName().equals(name))
                .orElseThrow(() ->
                        new RefusalException(Reason.UNKNOWN, Messages.Staging_unknown(name, project.getFullName())));
    }
}
