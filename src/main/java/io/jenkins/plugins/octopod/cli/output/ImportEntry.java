package io.jenkins.plugins.octopod.cli.output;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.cli.legacy.LegacyStaging;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.request.ExternalStaging;
import io.jenkins.plugins.octopod.staging.request.StagingImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A staging in an imported list, with the result of its import.
 *
 * @param taken the imported staging, or {@code null} if it is not imported, or not yet
 * @param problem sentence that says why the staging can’t be imported, or {@code null} if it can
 */
@ModuleInternal
public record ImportEntry(
        LegacyStaging original,
        @CheckForNull Staging taken,
        @CheckForNull String problem) {

    /**
     * Says which can be imported, and does nothing.
     *
     * @throws RefusalException if none can, whatever it is
     */
    public static List<ImportEntry> plan(OctopodProject project, List<LegacyStaging> list) throws RefusalException {
        Map<String, Long> times =
                list.stream().collect(Collectors.groupingBy(LegacyStaging::name, Collectors.counting()));
        List<ImportEntry> lines = new ArrayList<>();
        for (LegacyStaging original : list) {
            boolean twice = times.get(original.name()) > 1;
            lines.add(twice ? new ImportEntry(original, null, Messages.Import_twice()) : planned(project, original));
        }
        return lines;
    }

    private static ImportEntry planned(OctopodProject project, LegacyStaging original) throws RefusalException {
        ExternalStaging wanted = original.staging();
        if (wanted == null) {
            return new ImportEntry(original, null, original.problem());
        }
        try {
            StagingImporter.validate(project, wanted);
            return new ImportEntry(original, null, null);
        } catch (RefusalException e) {
            return refused(original, e);
        }
    }

    /** Imports it, where nothing spoke against that. */
    public ImportEntry take(OctopodProject project) throws RefusalException {
        ExternalStaging wanted = original.staging();
        if (problem != null || wanted == null) {
            return this;
        }
        try {
            return new ImportEntry(original, StagingImporter.importStaging(project, wanted), null);
        } catch (RefusalException e) {
            return refused(original, e);
        }
    }

    private static ImportEntry refused(LegacyStaging original, RefusalException e) throws RefusalException {
        if (e.getReason() == Reason.SHUTTING_DOWN) {
            throw e;
        }
        return new ImportEntry(original, null, e.getMessage());
    }

    /** The status that it had; a dash where that can’t be read. */
    public String status() {
        ExternalStaging wanted = original.staging();
        return wanted == null ? "-" : wanted.status().name();
    }
}
