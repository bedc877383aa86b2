package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Command that restores an archived staging. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodRestoreCommand extends AbstractActionCommand {

    public OctopodRestoreCommand() {
        super(
                Kind.RESTORE,
                Messages._OctopodRestoreCommand_shortDescription(),
                Messages._OctopodRestoreCommand_details());
    }
}
