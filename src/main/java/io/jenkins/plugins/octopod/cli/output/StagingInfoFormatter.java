package io.jenkins.plugins.octopod.cli.output;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.note.WrittenNote;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Formats the output of {@code octopod-info} with the layout of the original Octopod. */
@ModuleInternal
public final class StagingInfoFormatter {

    private static final List<String> TITLES =
            List.of("Created at", "Action id", "Action", "App config", "Deployment config", "Exit code", "Number");

    private StagingInfoFormatter() {}

    /**
     * Returns the output.
     *
     * @param actions actions of the staging, newest first
     */
    public static String of(StagingJson staging, List<ActionJson> actions) {
        StringBuilder text = new StringBuilder();
        StagingJson.Condition condition = staging.condition();
        String pending = condition.pending();
        line(text, "Status: " + condition.status() + (pending == null ? "" : " (" + pending + ")"));
        String reason = condition.reason();
        if (reason != null) {
            line(text, "  " + TextTable.visible(reason));
        }
        WrittenNote note = staging.note();
        if (note != null) {
            line(text, "Note" + (note.by() == null ? "" : " by " + note.by()) + " at " + seconds(note.at()) + ":");
            note.text().lines().forEach(noteLine -> line(text, "  " + TextTable.visible(noteLine)));
        }
        line(text, "Current settings:");
        line(text, "Application config:");
        text.append(overrides(staging.overrides().applicationOverrides()));
        line(text, "");
        line(text, "Deployment config:");
        text.append(overrides(staging.overrides().deploymentOverrides()));
        line(text, "");
        line(text, "Metadata:");
        staging.links()
                .forEach(link ->
                        line(text, "  " + TextTable.visible(link.name()) + ": " + TextTable.visible(link.url())));
        line(text, "");
        line(text, "Last logs:");
        TextTable textTable = new TextTable().withTitles(TITLES);
        actions.forEach(action -> textTable.add(row(action)));
        return text.append(textTable).toString();
    }

    private static List<List<String>> row(ActionJson action) {
        Integer exitCode = action.outcome().exitCode();
        return List.of(
                List.of(seconds(action.created())),
                List.of(Long.toString(action.id())),
                List.of(action.action()),
                lines(action.overrides().applicationOverrides()),
                lines(action.overrides().deploymentOverrides()),
                List.of(exitCode == null ? "-" : exitCode.toString()),
                List.of("#" + action.number()));
    }

    private static String seconds(String instant) {
        return Instant.parse(instant).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static TextTable overrides(List<OverridesJson.Entry> overrides) {
        TextTable textTable = new TextTable();
        overrides.forEach(override -> textTable.add(List.of(List.of(override.key()), List.of(value(override)))));
        return textTable;
    }

    private static List<String> lines(List<OverridesJson.Entry> overrides) {
        return overrides.stream()
                .map(override -> override.key() + ": " + value(override))
                .toList();
    }

    private static String value(OverridesJson.Entry override) {
        return override.value() == null ? "<<REMOVED>>" : override.value();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
