package io.jenkins.plugins.octopod.staging.request;

import hudson.model.Item;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.access.CredentialsAuthority;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.lifetime.Lifetime;
import io.jenkins.plugins.octopod.staging.queue.RequestStore;
import io.jenkins.plugins.octopod.staging.state.DesiredState;
import io.jenkins.plugins.octopod.staging.state.ImportInfo;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.support.RequesterName;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.security.access.AccessDeniedException;

/**
 * Imports stagings that another system deployed, as that system describes them. Unlike the requests to
 * {@link StagingService}, an import runs nothing. Checks correct outdated statuses, as for any other staging. The
 * project’s capacity limits do not apply, because the stagings are already in use.
 *
 * <p>Thread-safe.
 */
public final class StagingImporter {

    private static final Logger LOGGER = Logger.getLogger(StagingImporter.class.getName());

    private StagingImporter() {}

    /**
     * Checks whether {@link #importStaging} would accept the staging now.
     *
     * @throws RefusalException if it would be refused, for example because its name is taken
     * @throws AccessDeniedException if the current user may not create stagings in the project, or may not clean up an
     *     archived one
     */
    public static void validate(OctopodProject project, ExternalStaging externalStaging) throws RefusalException {
        acceptable(project, externalStaging);
    }

    /**
     * Imports the staging into the project.
     *
     * @throws RefusalException if it isn’t accepted, or can’t be stored; no file is left then
     * @throws AccessDeniedException if the current user may not create stagings in the project, or may not clean up an
     *     archived one
     */
    public static Staging importStaging(OctopodProject project, ExternalStaging externalStaging)
            throws RefusalException {
        synchronized (project) {
            StagingName name = acceptable(project, externalStaging);
            ImportInfo importInfo = new ImportInfo(StagingClock.now(), RequesterName.of(List.of()));
            try {
                Staging staging = RequestStore.create(project, name, made -> begin(made, externalStaging, importInfo));
                LOGGER.log(Level.INFO, "{0} has imported {1}", new Object[] {importInfo.by(), staging.getFullName()});
                return staging;
            } catch (IOException e) {
                throw StagingService.notStored(e);
            }
        }
    }

    private static StagingName acceptable(OctopodProject project, ExternalStaging externalStaging)
            throws RefusalException {
        project.checkPermission(Item.CREATE);
        StagingService.requireNotShuttingDown();
        StagingName name = StagingName.of(externalStaging.name(), project.getMaxNameLength());
        Staging there = StagingService.existing(project, name);
        if (there != null) {
            throw new RefusalException(
                    Reason.EXISTS,
                    there.hasPermission(Item.READ)
                            ? Messages.StagingImporter_exists(name, project.getFullName())
                            : Messages.StagingService_nameTaken(name));
        }
        requireMayBeCleanedUp(project, name, externalStaging.status());
        StagingService.requireCredentials(
                project, CredentialsAuthority.USER, null, externalStaging.application(), externalStaging.deployment());
        OverridesLimits.require(externalStaging.application(), externalStaging.deployment());
        return name;
    }

    /**
     * Requires permission to clean up an archived staging. Jenkins cleans it up automatically, and the caller would
     * cause that without ever having deployed it.
     */
    private static void requireMayBeCleanedUp(OctopodProject project, StagingName name, Status status) {
        boolean inArchive = status.isArchived() || status == Status.ArchivePending;
        if (inArchive && !project.hasPermission(Item.DELETE)) {
            throw new AccessDeniedException(Messages.StagingImporter_mayNotBeCleanedUp(name, project.getFullName()));
        }
    }

    private static void begin(Staging staging, ExternalStaging externalStaging, ImportInfo importInfo)
            throws IOException {
        Instant now = importInfo.at();
        Instant changed = earlier(externalStaging.changedAt(), now);
        ObservedState observedState = ObservedState.initial(externalStaging.status(), changed, null)
                .withLinks(externalStaging.status().isArchived() ? List.of() : externalStaging.links());
        // Its lifetime starts now, so that no setting of the project archives or cleans it up before a user has looked
        // at it.
        DesiredState desiredState = new DesiredState(
                null,
                externalStaging.application(),
                externalStaging.deployment(),
                changed,
                null,
                Lifetime.startingAt(now));
        staging.initializeImported(importInfo, earlier(externalStaging.createdAt(), now), observedState, desiredState);
    }

    /** Returns the earlier time, because the clock of the other system may be ahead. */
    private static Instant earlier(Instant there, Instant now) {
        return there.isAfter(now) ? now : there;
    }
}
