package io.jenkins.plugins.octopod.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.octopod.cli.original.OriginalList;
import io.jenkins.plugins.octopod.cli.original.OriginalServer;
import io.jenkins.plugins.octopod.cli.original.OriginalStaging;
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

/** Takes over the stagings of a server of the original Octopod. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodImportCommand extends AbstractOctopodCommand {

    /** In bytes; a header with a token is much shorter. */
    private static final int LONGEST_HEADER = 16 << 10;

    private boolean dryRun;
    private boolean json;

    @CheckForNull
    private String url;

    @Option(name = "--dry-run", usage = "Say what would be imported, and import nothing.")
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Option(name = "--json", usage = "Print what has become of each as JSON.")
    public void setJson(boolean json) {
        this.json = json;
    }

    @Option(
            name = "--url",
            metaVar = "URL",
            usage =
                    "Have Jenkins ask the original itself, at this address, as octo has it in OCTOPOD_URL. On stdin is then "
                            + "what octo has in OCTO_AUTHORIZATION_HEADER, or nothing. For administrators of Jenkins only.")
    public void setUrl(String url) {
        this.url = url;
    }

    @Override
    public String getShortDescription() {
        return Messages.OctopodImportCommand_shortDescription();
    }

    @Override
    String details() {
        return Messages.OctopodImportCommand_details();
    }

    @Override
    int execute() throws RefusalException, IOException, InterruptedException {
        OctopodProject project = project();
        // Before anything is read, or anybody asked.
        project.checkPermission(Item.CREATE);
        List<ImportLine> plan = ImportLine.plan(project, OriginalList.read(list()));
        Terminal terminal = terminal();
        if (!json && !plan.isEmpty()) {
            tellPlan(terminal, plan);
        }
        List<ImportLine> done = dryRun ? plan : take(project, plan, terminal);
        if (json) {
            terminal.json(new ImportForm(
                    project.getFullName(),
                    dryRun,
                    done.stream().map(ImportForm.Line::of).toList()));
        }
        return terminal.end(outcome(terminal, done));
    }

    private byte[] list() throws RefusalException, IOException, InterruptedException {
        if (url == null) {
            return stdin.readNBytes(OriginalList.LONGEST + 1);
        }
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String header = new String(stdin.readNBytes(LONGEST_HEADER), StandardCharsets.UTF_8).strip();
        return new OriginalServer(url, header).deployments();
    }

    private static void tellPlan(Terminal terminal, List<ImportLine> plan) {
        Table table = new Table().withTitles(List.of("Name", "Status", "Import"));
        plan.forEach(line -> table.add(List.of(
                List.of(line.original().name()),
                List.of(line.status()),
                List.of(line.problem() == null ? "yes" : line.problem()))));
        terminal.print(table.toString());
        List<String> underWay = plan.stream()
                .map(ImportLine::original)
                .filter(OriginalStaging::underWay)
                .map(OriginalStaging::name)
                .toList();
        if (!underWay.isEmpty()) {
            terminal.tell(Messages.Import_underWay(Table.visible(String.join(", ", underWay))));
        }
    }

    /** One after the other: what can’t be imported after all costs no other. */
    private static List<ImportLine> take(OctopodProject project, List<ImportLine> plan, Terminal terminal)
            throws RefusalException {
        List<ImportLine> done = new ArrayList<>();
        for (ImportLine planned : plan) {
            ImportLine line = planned.take(project);
            if (!Objects.equals(line.problem(), planned.problem())) {
                terminal.tell(Table.visible(line.original().name() + ": " + line.problem()));
            }
            done.add(line);
        }
        return done;
    }

    private Outcome outcome(Terminal terminal, List<ImportLine> done) {
        long well = done.stream().filter(line -> line.problem() == null).count();
        if (!json) {
            terminal.print((dryRun ? Messages.Import_would(well) : Messages.Import_done(well)) + '\n');
        }
        long left = done.size() - well;
        return left == 0 ? Outcome.WELL : Outcome.failed(Messages.Import_left(left));
    }
}
