package io.jenkins.plugins.octopod.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.cli.original.OriginalStaging;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.ImportedStaging;
import io.jenkins.plugins.octopod.staging.Imports;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One staging of a list that is imported, and what becomes of it.
 *
 * @param taken null where it isn’t imported, or isn’t yet
 * @param problem why it can’t be imported, in a sentence; null where it can
 */
record ImportLine(
        OriginalStaging original,
        @CheckForNull Staging taken,
        @CheckForNull String problem) {

    /**
     * Says which can be imported, and does nothing.
     *
     * @throws RefusalException if none can, whatever it is
     */
    static List<ImportLine> plan(OctopodProject project, List<OriginalStaging> list) throws RefusalException {
        Map<String, Long> times =
                list.stream().collect(Collectors.groupingBy(OriginalStaging::name, Collectors.counting()));
        List<ImportLine> lines = new ArrayList<>();
        for (OriginalStaging original : list) {
            boolean twice = times.get(original.name()) > 1;
            lines.add(twice ? new ImportLine(original, null, Messages.Import_twice()) : planned(project, original));
        }
        return lines;
    }

    private static ImportLine planned(OctopodProject project, OriginalStaging original) throws RefusalException {
        ImportedStaging wanted = original.staging();
        if (wanted == null) {
            return new ImportLine(original, null, original.problem());
        }
        try {
            Imports.require(project, wanted);
            return new ImportLine(original, null, null);
        } catch (RefusalException e) {
            return refused(original, e);
        }
    }

    /** Imports it, where nothing spoke against that. */
    ImportLine take(OctopodProject project) throws RefusalException {
        ImportedStaging wanted = original.staging();
        if (problem != null || wanted == null) {
            return this;
        }
        try {
            return new ImportLine(original, Imports.take(project, wanted), null);
        } catch (RefusalException e) {
            return refused(original, e);
        }
    }

    private static ImportLine refused(OriginalStaging original, RefusalException e) throws RefusalException {
        if (e.getReason() == Reason.SHUTTING_DOWN) {
            throw e;
        }
        return new ImportLine(original, null, e.getMessage());
    }

    /** The status that it had; a dash where that can’t be read. */
    String status() {
        ImportedStaging wanted = original.staging();
        return wanted == null ? "-" : wanted.status().name();
    }
}
