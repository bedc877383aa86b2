package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Command that confirms the end of an earlier run’s script, if Jenkins can't determine it. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodConfirmEndedCommand extends AbstractStagingCommand {

    public OctopodConfirmEndedCommand() {
        super(Messages._OctopodConfirmEndedCommand_shortDescription(), Messages._OctopodConfirmEndedCommand_details());
    }

    @Override
    int execute() throws RefusalException {
        StagingService.confirmEnded(staging());
        stdout.println("ok");
        return 0;
    }
}
