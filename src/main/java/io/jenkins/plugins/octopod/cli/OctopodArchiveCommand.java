package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Command that stops a staging, and keeps its data. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodArchiveCommand extends AbstractActionCommand {

    public OctopodArchiveCommand() {
        super(
                Kind.ARCHIVE,
                Messages._OctopodArchiveCommand_shortDescription(),
                Messages._OctopodArchiveCommand_details());
    }
}
