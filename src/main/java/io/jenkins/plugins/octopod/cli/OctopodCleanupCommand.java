package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Command that removes an archived staging with its data. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodCleanupCommand extends AbstractActionCommand {

    public OctopodCleanupCommand() {
        super(
                Kind.CLEANUP,
                Messages._OctopodCleanupCommand_shortDescription(),
                Messages._OctopodCleanupCommand_details());
    }
}
