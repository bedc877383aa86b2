package io.jenkins.plugins.octopod.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.octopod.cli.legacy.LegacyOctopodClient;
import io.jenkins.plugins.octopod.cli.legacy.LegacyStaging;
import io.jenkins.plugins.octopod.cli.legacy.LegacyStagingList;
import io.jenkins.plugins.octopod.cli.output.CommandOutput;
import io.jenkins.plugins.octopod.cli.output.CommandResult;
import io.jenkins.plugins.octopod.cli.output.ImportEntry;
import io.jenkins.plugins.octopod.cli.output.ImportJson;
import io.jenkins.plugins.octopod.cli.output.TextTable;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** Command that imports the stagings of a server of the original Octopod. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodImportCommand extends AbstractOctopodCommand {

    /** Limit in bytes; a header with a token is much shorter. */
    private static final int MAX_HEADER_LENGTH = 16 << 10;

    @Option(name = "--dry-run", usage = "Lists the stagings that would be imported, and imports nothing.")
    private boolean dryRun;

    @Option(name = "--json", usage = "Prints the result for each staging as JSON.")
    private boolean json;

    @Option(
            name = "--url",
            metaVar = "URL",
            usage =
                    "Address of the original, like OCTOPOD_URL for octo. Jenkins then gets the list from there itself, and "
                            + "stdin has the value of OCTO_AUTHORIZATION_HEADER for octo, or nothing. Requires Overall/Administer.")
    @CheckForNull
    private String url;

    public OctopodImportCommand() {
        super(Messages._OctopodImportCommand_shortDescription(), Messages._OctopodImportCommand_details());
    }

    @Override
    int execute() throws RefusalException, IOException, InterruptedException {
        OctopodProject project = project();
        // Checked before anything is read from the client or the server.
        project.checkPermission(Item.CREATE);
        List<ImportEntry> plan = ImportEntry.plan(project, LegacyStagingList.read(list()));
        CommandOutput commandOutput = commandOutput();
        if (!json && !plan.isEmpty()) {
            printPlan(commandOutput, plan);
        }
        List<ImportEntry> done = dryRun ? plan : importAll(project, plan, commandOutput);
        if (json) {
            commandOutput.json(new ImportJson(
                    project.getFullName(),
                    dryRun,
                    done.stream().map(ImportJson.Line::of).toList()));
        }
        return commandOutput.end(outcome(commandOutput, done));
    }

    private byte[] list() throws RefusalException, IOException, InterruptedException {
        if (url == null) {
            return stdin.readNBytes(LegacyStagingList.MAX_LENGTH + 1);
        }
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String header = new String(stdin.readNBytes(MAX_HEADER_LENGTH), StandardCharsets.UTF_8).strip();
        return new LegacyOctopodClient(url, header).deployments();
    }

    private static void printPlan(CommandOutput commandOutput, List<ImportEntry> plan) {
        TextTable textTable = new TextTable().withTitles(List.of("Name", "Status", "Import"));
        plan.forEach(entry -> textTable.add(List.of(
                List.of(entry.original().name()),
                List.of(entry.status()),
                List.of(entry.problem() == null ? "yes" : entry.problem()))));
        commandOutput.print(textTable.toString());
        List<String> inProgress = plan.stream()
                .map(ImportEntry::original)
                .filter(LegacyStaging::inProgress)
                .map(LegacyStaging::name)
                .toList();
        if (!inProgress.isEmpty()) {
            commandOutput.printError(Messages.Import_inProgress(TextTable.visible(String.join(", ", inProgress))));
        }
    }

    /** Imports the stagings one after the other. A failure doesn’t affect the others. */
    private static List<ImportEntry> importAll(
            OctopodProject project, List<ImportEntry> plan, CommandOutput commandOutput) throws RefusalException {
        List<ImportEntry> done = new ArrayList<>();
        for (ImportEntry planned : plan) {
            ImportEntry entry = planned.importStaging(project);
            if (!Objects.equals(entry.problem(), planned.problem())) {
                commandOutput.printError(TextTable.visible(entry.original().name() + ": " + entry.problem()));
            }
            done.add(entry);
        }
        return done;
    }

    private CommandResult outcome(CommandOutput commandOutput, List<ImportEntry> done) {
        long well = done.stream().filter(entry -> entry.problem() == null).count();
        if (!json) {
            commandOutput.print((dryRun ? Messages.Import_would(well) : Messages.Import_done(well)) + '\n');
        }
        long left = done.size() - well;
        return left == 0 ? CommandResult.SUCCESS : CommandResult.failed(Messages.Import_notImported(left));
    }
}
