package io.jenkins.plugins.octopod.cli;

import hudson.cli.BuildCommand.CLICause;
import io.jenkins.plugins.octopod.cli.output.CommandOutput;
import io.jenkins.plugins.octopod.cli.output.CommandResult;
import io.jenkins.plugins.octopod.cli.output.RunFollower;
import io.jenkins.plugins.octopod.cli.output.StagingJson;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** A command that has something done to a staging. */
@Restricted(NoExternalUse.class)
public abstract class AbstractActionCommand extends AbstractStagingCommand {

    private boolean waiting;
    private boolean json;

    @Option(
            name = "--wait",
            usage = "Show the log until it is done, and exit with 0 if it has succeeded, 16 if it has failed, "
                    + "17 if it was aborted. Without it the command ends as soon as Jenkins has accepted.")
    public final void setWaiting(boolean waiting) {
        this.waiting = waiting;
    }

    @Option(name = "--json", usage = "Print the staging as JSON; with --wait, the log goes to stderr.")
    public final void setJson(boolean json) {
        this.json = json;
    }

    abstract AcceptedRequest submit() throws RefusalException, InterruptedException;

    final AcceptedRequest submit(Kind kind) throws RefusalException, InterruptedException {
        return StagingService.submit(request(kind, Overrides.NONE, Overrides.NONE));
    }

    final StagingRequest request(Kind kind, Overrides application, Overrides deployment) throws RefusalException {
        CLICause cause = new CLICause(Jenkins.getAuthentication2().getName());
        return new StagingRequest(project(), name(), null, kind, application, deployment, List.of(cause));
    }

    @Override
    final int execute() throws RefusalException, IOException, InterruptedException {
        AcceptedRequest accepted = submit();
        CommandOutput commandOutput = commandOutput();
        CommandResult commandResult = waiting
                ? new RunFollower(accepted, commandOutput, json ? stderr : stdout).follow()
                : CommandResult.SUCCESS;
        if (json) {
            commandOutput.json(StagingJson.of(accepted.staging()));
        } else if (!waiting) {
            stdout.println("ok");
        }
        return commandOutput.end(commandResult);
    }
}
