package io.jenkins.plugins.octopod.cli.options;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.cli.CLICommand;
import hudson.model.Items;
import io.jenkins.plugins.octopod.cli.output.CommandOutput;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.CmdLineException;
import org.kohsuke.args4j.CmdLineParser;
import org.kohsuke.args4j.OptionDef;
import org.kohsuke.args4j.spi.OptionHandler;
import org.kohsuke.args4j.spi.Parameters;
import org.kohsuke.args4j.spi.Setter;
import org.springframework.security.access.AccessDeniedException;

/** Accepts the full name of a project that the current user can see. For an unknown name, suggests the nearest one. */
@Restricted(NoExternalUse.class)
public final class ProjectOptionHandler extends OptionHandler<OctopodProject> {

    public ProjectOptionHandler(CmdLineParser parser, OptionDef option, Setter<OctopodProject> setter) {
        super(parser, option, setter);
    }

    @Override
    public int parseArguments(Parameters parameters) throws CmdLineException {
        String name = parameters.getParameter(0);
        OctopodProject project = find(name);
        if (project == null) {
            throw new IllegalArgumentException(plain(unknown(name)));
        }
        setter.addValue(project);
        return 1;
    }

    @CheckForNull
    private static OctopodProject find(String fullName) {
        try {
            return Jenkins.get().getItemByFullName(fullName, OctopodProject.class);
        } catch (AccessDeniedException e) {
            return null; // The user may know that something exists, but not what it is.
        }
    }

    private static String unknown(String name) {
        OctopodProject nearest = Items.findNearest(OctopodProject.class, name, Jenkins.get());
        return nearest == null
                ? Messages.Project_unknown(name)
                : Messages.Project_unknownButNear(name, nearest.getFullName());
    }

    private static String plain(String sentence) {
        CLICommand command = CLICommand.getCurrent();
        try {
            return command == null ? sentence : CommandOutput.plain(sentence, command.getClientCharset());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e); // Never thrown, because Jenkins already knows the charset.
        }
    }

    @Override
    public String getDefaultMetaVariable() {
        return "PROJECT";
    }
}
