package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.turn.SubmittedRequest;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Command that restores an archived staging. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodRestoreCommand extends AbstractActionCommand {

    @Override
    public String getShortDescription() {
        return Messages.OctopodRestoreCommand_shortDescription();
    }

    @Override
    String details() {
        return Messages.OctopodRestoreCommand_details();
    }

    @Override
    SubmittedRequest submit() throws RefusalException, InterruptedException {
        return submit(Kind.RESTORE);
    }
}
