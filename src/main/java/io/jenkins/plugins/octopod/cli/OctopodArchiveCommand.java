package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.turn.SubmittedRequest;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Command that stops a staging, and keeps its data. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodArchiveCommand extends AbstractActionCommand {

    @Override
    public String getShortDescription() {
        return Messages.OctopodArchiveCommand_shortDescription();
    }

    @Override
    String details() {
        return Messages.OctopodArchiveCommand_details();
    }

    @Override
    SubmittedRequest submit() throws RefusalException, InterruptedException {
        return submit(Kind.ARCHIVE);
    }
}
