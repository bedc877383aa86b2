package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stores that a request was accepted. Two files change, and Jenkins may be killed between them, so the first has all that
 * the second will: from then on the request is accepted, and whoever finds the second as it was writes it again.
 */
final class Acceptance {

    private static final Logger LOGGER = Logger.getLogger(Acceptance.class.getName());

    private Acceptance() {}

    /**
     * Makes the staging that a request asks for, with all of its files, and puts it into its project.
     *
     * @throws IOException if it can’t be stored; nothing of it is left then
     */
    static Staging create(
            OctopodProject project,
            StagingName name,
            @CheckForNull String branch,
            Stagings.Change change,
            PendingAction pending)
            throws IOException {
        Wishes wishes = Objects.requireNonNull(pending.wishes());
        StagingRecord first = StagingRecord.initial(change.status(), StagingClock.now(), pending);
        return create(project, name, staging -> staging.begin(branch, first, wishes));
    }

    /** Stores all of a new staging for the first time. */
    @FunctionalInterface
    interface Beginning {
        void store(Staging staging) throws IOException;
    }

    /**
     * Makes a staging with all of its files, and puts it into its project.
     *
     * @throws IOException if it can’t be stored; nothing of it is left then
     */
    static Staging create(OctopodProject project, StagingName name, Beginning beginning) throws IOException {
        Staging staging = new Staging(project, name);
        try {
            staging.onCreatedFromScratch();
            staging.number(StagingNumbers.next(project));
            beginning.store(staging);
        } catch (IOException e) {
            Util.deleteRecursive(staging.getRootDir());
            throw e;
        }
        project.adopt(staging);
        return staging;
    }

    /**
     * Takes over what a request asks for, and that it is pending.
     *
     * @throws IOException if it can’t be stored; the staging is then as it was
     */
    static void accept(Staging staging, Stagings.Change change, PendingAction pending) throws IOException {
        StagingRecord before = staging.record();
        Wishes wishes = Objects.requireNonNull(pending.wishes());
        Instant now = StagingClock.now();
        boolean wanted = change.action().isDeploying() && !UpkeepCause.isAmong(pending.causes());
        staging.observe(record -> record.with(change.status(), null, now)
                .withPending(pending)
                .withNotes(wanted ? record.notes().withGoneBranch(null) : record.notes()));
        try {
            staging.wish(wishes);
        } catch (IOException e) {
            if (isTakenBack(staging, before)) {
                throw e;
            }
            // What is stored says that it is accepted, and so it is.
            PendingActions.untilStored(staging, () -> catchUp(staging));
        }
        StagingListener.fireChanged(staging);
    }

    private static boolean isTakenBack(Staging staging, StagingRecord before) {
        try {
            staging.observe(record -> before);
            return true;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "A request for " + staging.getFullName() + " is stored in part");
            return false;
        }
    }

    /**
     * Stores what is wanted by the request that is pending, where that isn’t done yet.
     *
     * @throws IOException if it can’t be stored
     */
    static void catchUp(Staging staging) throws IOException {
        PendingAction pending = staging.record().pending();
        Wishes wishes = pending == null ? null : pending.wishes();
        if (wishes != null
                && !Objects.equals(wishes.requestId(), staging.wishes().requestId())) {
            staging.wish(wishes);
            StagingListener.fireChanged(staging);
        }
    }

    /**
     * Wants again what it had before an action that was called off.
     *
     * @throws IOException if it can’t be stored
     */
    static void takeBack(Staging staging, PendingAction calledOff) throws IOException {
        Overrides application = calledOff.applicationBefore();
        Overrides deployment = calledOff.deploymentBefore();
        boolean changed = application != null
                && deployment != null
                && !(application.equals(staging.getApplicationOverrides())
                        && deployment.equals(staging.getDeploymentOverrides()));
        if (changed) {
            staging.wish(staging.wishes().with(application, deployment));
            StagingListener.fireChanged(staging);
        }
    }
}
