package io.jenkins.plugins.octopod.cli;

import hudson.Extension;
import io.jenkins.plugins.octopod.cli.output.StagingJson;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import java.io.IOException;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** Command that lists the stagings of a project. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodListCommand extends AbstractOctopodCommand {

    @Option(name = "--json", usage = "Prints the stagings with their details as a JSON array.")
    private boolean json;

    public OctopodListCommand() {
        super(Messages._OctopodListCommand_shortDescription(), Messages._OctopodListCommand_details());
    }

    @Override
    int execute() throws RefusalException, IOException, InterruptedException {
        List<Staging> stagings = project().visibleChildren(Staging.class).toList();
        if (json) {
            commandOutput().json(stagings.stream().map(StagingJson::of).toList());
        } else {
            stagings.forEach(staging -> stdout.println(staging.getName()));
        }
        return 0;
    }
}
