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
import org.springframework.security.access.AccessDeniedException;

/**
 * A staging of the original’s list, with the result of its import.
 *
 * @param original the staging in the list
 * @param imported the imported staging; {@code null} if it wasn’t imported, or not yet
 * @param problem sentence that says why the staging can’t be imported; {@code null} if it can
 */
@ModuleInternal
public record ImportEntry(
        LegacyStaging original,
        @CheckForNull Staging imported,
        @CheckForNull String problem) {

    /**
     * Checks which stagings can be imported, without importing them.
     *
     * @throws RefusalException if Jenkins is shutting down, so that no staging can be imported
     */
    public static List<ImportEntry> plan(OctopodProject project, List<LegacyStaging> list) throws RefusalException {
        Map<String, Long> times =
                list.stream().collect(Collectors.groupingBy(LegacyStaging::name, Collectors.counting()));
        List<ImportEntry> entries = new ArrayList<>();
        for (LegacyStaging legacyStaging : list) {
            boolean twice = times.get(legacyStaging.name()) > 1;
            entries.add(
                    twice
                            ? new ImportEntry(legacyStaging, null, Messages.Import_duplicate())
                            : planned(project, legacyStaging));
        }
        return entries;
    }

    private static ImportEntry planned(OctopodProject project, LegacyStaging legacyStaging) throws RefusalException {
        ExternalStaging externalStaging = legacyStaging.staging();
        if (externalStaging == null) {
            return new ImportEntry(legacyStaging, null, legacyStaging.problem());
        }
        try {
            StagingImporter.validate(project, externalStaging);
            return new ImportEntry(legacyStaging, null, null);
        } catch (RefusalException e) {
            return refused(legacyStaging, e);
        } catch (AccessDeniedException e) {
            return new ImportEntry(legacyStaging, null, e.getMessage());
        }
    }

    /**
     * Imports the staging, unless the check has found a problem, and returns the entry with the result.
     *
     * @throws RefusalException if Jenkins is shutting down
     */
    public ImportEntry importStaging(OctopodProject project) throws RefusalException {
        ExternalStaging externalStaging = original.staging();
        if (problem != null || externalStaging == null) {
            return this;
        }
        try {
            return new ImportEntry(original, StagingImporter.importStaging(project, externalStaging), null);
        } catch (RefusalException e) {
            return refused(original, e);
        } catch (AccessDeniedException e) {
            return new ImportEntry(original, null, e.getMessage());
        }
    }

    private static ImportEntry refused(LegacyStaging legacyStaging, RefusalException e) throws RefusalException {
        if (e.getReason() == Reason.SHUTTING_DOWN) {
            throw e;
        }
        return new ImportEntry(legacyStaging, null, e.getMessage());
    }

    /** Returns the status at the original; a dash if it can’t be read. */
    public String status() {
        ExternalStaging externalStaging = original.staging();
        return externalStaging == null ? "-" : externalStaging.status().name();
    }
}
