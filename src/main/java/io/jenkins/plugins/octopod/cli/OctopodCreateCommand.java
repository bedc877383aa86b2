package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.cli.options.OverrideOptions;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.turn.SubmittedRequest;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Command that creates a staging. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodCreateCommand extends AbstractActionCommand {

    private final OverrideOptions overrides = new OverrideOptions();

    public OctopodCreateCommand() {
        super(Kind.CREATE, Messages._OctopodCreateCommand_shortDescription(), Messages._OctopodCreateCommand_details());
    }

    @Override
    Object moreOptions() {
        return overrides;
    }

    @Override
    SubmittedRequest submit() throws RefusalException, InterruptedException {
        return submit(request()
                .overrides(new StagingOverrides(
                        overrides.application().overrides(),
                        overrides.deployment(project()).overrides())));
    }
}
