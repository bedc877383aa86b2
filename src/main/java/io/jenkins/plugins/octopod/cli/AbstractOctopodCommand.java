package io.jenkins.plugins.octopod.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.cli.CLICommand;
import io.jenkins.plugins.octopod.cli.options.ProjectOptionHandler;
import io.jenkins.plugins.octopod.cli.output.CommandOutput;
import io.jenkins.plugins.octopod.cli.output.CommandResult;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.ClassParser;
import org.kohsuke.args4j.CmdLineParser;
import org.kohsuke.args4j.Option;

/** Base class of commands for a project. It finds the project, and reports refusals with Jenkins’ exit codes. */
@Restricted(NoExternalUse.class)
public abstract class AbstractOctopodCommand extends CLICommand {

    private final Localizable shortDescription;
    private final Localizable details;

    @Option(
            name = "-p",
            aliases = "--project",
            metaVar = "PROJECT",
            handler = ProjectOptionHandler.class,
            usage = "Full name of the Octopod project, such as team/cactus. "
                    + "Not required if you can see only one project.")
    @CheckForNull
    private OctopodProject givenProject;

    /** @param details sentences that follow the short description in the command’s help */
    AbstractOctopodCommand(Localizable shortDescription, Localizable details) {
        this.shortDescription = shortDescription;
        this.details = details;
    }

    /**
     * Returns the project.
     *
     * @throws RefusalException if none was given, and there isn’t exactly one
     */
    final OctopodProject project() throws RefusalException {
        if (givenProject != null) {
            return givenProject;
        }
        List<OctopodProject> all = Jenkins.get().getAllItems(OctopodProject.class);
        if (all.size() == 1) {
            return all.get(0);
        }
        List<String> names =
                all.stream().map(OctopodProject::getFullName).sorted().toList();
        throw new RefusalException(
                all.isEmpty() ? Reason.UNKNOWN : Reason.INVALID_INPUT,
                all.isEmpty() ? Messages.Project_noneVisible() : Messages.Project_several(String.join(", ", names)));
    }

    /** Returns an object whose fields and methods declare more options; null if the command itself declares all. */
    @CheckForNull
    Object moreOptions() {
        return null;
    }

    @Override
    protected final CmdLineParser getCmdLineParser() {
        CmdLineParser parser = super.getCmdLineParser();
        Object more = moreOptions();
        if (more != null) {
            new ClassParser().parse(more, parser);
        }
        return parser;
    }

    final CommandOutput commandOutput() throws IOException, InterruptedException {
        return new CommandOutput(stdout, stderr, getClientCharset());
    }

    /** Runs the command, and returns the exit code: 0, or one of {@link CommandResult}’s. */
    abstract int execute() throws RefusalException, IOException, InterruptedException;

    @Override
    protected final int run() throws Exception {
        try {
            return execute();
        } catch (RefusalException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            // The client has disconnected, or Jenkins stops. An accepted request continues.
            throw aborted(Messages.Command_interrupted(), e);
        }
    }

    private Exception refused(RefusalException e) throws IOException, InterruptedException {
        String sentence = commandOutput().plain(e.getMessage());
        return switch (e.getReason()) {
            case INVALID_NAME, INVALID_INPUT, CONFIG_CHECK, EXISTS, UNKNOWN ->
                new IllegalArgumentException(sentence, e);
            case NOT_NOW, SHUTTING_DOWN -> new IllegalStateException(sentence, e);
            case UNAVAILABLE -> aborted(sentence, e);
        };
    }

    private static AbortException aborted(String sentence, Exception cause) {
        AbortException aborted = new AbortException(sentence);
        aborted.initCause(cause);
        return aborted;
    }

    @Override
    public final String getShortDescription() {
        return shortDescription.toString();
    }

    @Override
    protected void printUsageSummary(PrintStream out) {
        out.println(getShortDescription());
        out.println(details);
    }
}
