package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.cli.options.OverrideChanges;
import io.jenkins.plugins.octopod.cli.options.UpdateOptions;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.overrides.OverridesVersion;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.request.OverridesConflictException;
import io.jenkins.plugins.octopod.staging.request.Redeployment;
import io.jenkins.plugins.octopod.staging.turn.SubmittedRequest;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.CmdLineException;
import org.kohsuke.args4j.Option;

/** Command that changes some of a staging’s overrides, keeps the others, and deploys. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodUpdateCommand extends AbstractActionCommand {

    /** Number of attempts. Each concurrent change of the overrides requires a new one. */
    private static final int TRIES = 5;

    private final UpdateOptions overrides = new UpdateOptions();

    /** Number of the action whose overrides are deployed; 0 if the option is absent. */
    private int asIn;

    public OctopodUpdateCommand() {
        super(Kind.MERGE, Messages._OctopodUpdateCommand_shortDescription(), Messages._OctopodUpdateCommand_details());
    }

    @Option(
            name = "--as-in",
            metaVar = "NUMBER",
            usage = "Deploys with exactly the overrides of an earlier action, for example 7 for Update #7. "
                    + "Also restores an archived staging. Cannot be combined with options for keys.")
    public void setAsIn(int number) throws CmdLineException {
        if (number < 1) {
            throw new CmdLineException(Messages.OctopodUpdateCommand_asInNumber());
        }
        asIn = number;
    }

    @Override
    Object moreOptions() {
        return overrides;
    }

    @Override
    SubmittedRequest submit() throws RefusalException, InterruptedException {
        OverrideChanges application = overrides.application();
        OverrideChanges deployment = overrides.deployment(project());
        if (asIn > 0) {
            if (!application.isEmpty() || !deployment.isEmpty()) {
                throw new RefusalException(Reason.INVALID_INPUT, Messages.OctopodUpdateCommand_asInAlone());
            }
            return submit(Redeployment.asIn(staging(), asIn).cause(cause()));
        }
        if (!application.isUnsetting() && !deployment.isUnsetting()) {
            return submit(request().overrides(new StagingOverrides(application.overrides(), deployment.overrides())));
        }
        for (int attempt = 1; ; attempt++) {
            Staging staging = staging();
            StagingOverrides current = staging.overrides();
            try {
                return submit(StagingRequest.builder(staging, Kind.UPDATE)
                        .cause(cause())
                        .overrides(new StagingOverrides(
                                application.appliedTo(current.application()),
                                deployment.appliedTo(current.deployment())))
                        .expectedVersion(OverridesVersion.of(current)));
            } catch (OverridesConflictException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }
}
