package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Command that deletes a staging’s item, and runs no script. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodDeleteCommand extends AbstractStagingCommand {

    public OctopodDeleteCommand() {
        super(Messages._OctopodDeleteCommand_shortDescription(), Messages._OctopodDeleteCommand_details());
    }

    @Override
    int execute() throws RefusalException, InterruptedException {
        StagingService.forget(staging());
        stdout.println("ok");
        return 0;
    }
}
