package io.jenkins.plugins.octopod.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What {@code octopod-info} says, laid out as the original does. */
final class InfoText {

    private static final List<String> TITLES =
            List.of("Created at", "Action id", "Action", "App config", "Deployment config", "Exit code");

    private InfoText() {}

    static String of(StagingForm staging, List<ActionForm> actions) {
        StringBuilder text = new StringBuilder();
        line(text, "Status: " + staging.status() + (staging.pending() == null ? "" : " (" + staging.pending() + ")"));
        String reason = staging.reason();
        if (reason != null) {
            line(text, "  " + Table.visible(reason));
        }
        line(text, "Current settings:");
        line(text, "Application config:");
        text.append(overrides(staging.applicationOverrides()));
        line(text, "");
        line(text, "Deployment config:");
        text.append(overrides(staging.deploymentOverrides()));
        line(text, "");
        line(text, "Metadata:");
        staging.links()
                .forEach(link -> line(text, "  " + Table.visible(link.name()) + ": " + Table.visible(link.url())));
        line(text, "");
        line(text, "Last logs:");
        Table table = new Table().withTitles(TITLES);
        actions.forEach(action -> table.add(row(action)));
        return text.append(table).toString();
    }

    private static List<List<String>> row(ActionForm action) {
        Integer exitCode = action.exitCode();
        return List.of(
                List.of(seconds(action.created())),
                List.of(Long.toString(action.id())),
                List.of(action.action()),
                lines(action.applicationOverrides()),
                lines(action.deploymentOverrides()),
                List.of(exitCode == null ? "-" : exitCode.toString()));
    }

    private static String seconds(String instant) {
        return Instant.parse(instant).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Table overrides(List<StagingForm.Override> overrides) {
        Table table = new Table();
        overrides.forEach(override -> table.add(List.of(List.of(override.key()), List.of(value(override)))));
        return table;
    }

    private static List<String> lines(List<StagingForm.Override> overrides) {
        return overrides.stream()
                .map(override -> override.key() + ": " + value(override))
                .toList();
    }

    private static String value(StagingForm.Override override) {
        return override.value() == null ? "<<REMOVED>>" : override.value();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
