package io.jenkins.plugins.octopod.staging.queue;

import hudson.model.Item;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.IOException;
import java.util.Optional;

/**
 * Converts between runs and the integer action IDs of the original API ({@code action_id}). An ID is the sequence
 * number of the staging in its project, followed by the run number in six decimal digits: run 8 of staging 3 is
 * 3000008. IDs are computed and not stored, so runs from before IDs existed have one, too, and a run is found without a
 * search. Thread-safe.
 */
public final class ActionIdCodec {

    /**
     * More runs than a staging will ever have. With this factor, ids are exact in JavaScript for any number of
     * stagings.
     */
    private static final long RUNS = 1_000_000;

    private ActionIdCodec() {}

    /**
     * Returns the id of a run. No other run in its project ever has this id, even if the staging is deleted.
     *
     * @throws IOException if the staging gets its number now and that can’t be stored, or if it has too many runs
     */
    public static long of(StagingRun run) throws IOException {
        if (run.getNumber() >= RUNS) {
            throw new IOException(Messages.ActionIdCodec_tooMany(run.getParent().getName(), RUNS - 1));
        }
        return StagingSequence.of(run.getParent()) * RUNS + run.getNumber();
    }

    /**
     * Returns the run with that id; empty if there is none, it isn’t kept any more, or the current user may not see it.
     */
    public static Optional<StagingRun> find(OctopodProject project, long id) {
        if (id < RUNS) {
            return Optional.empty();
        }
        return StagingSequence.find(project, id / RUNS)
                .filter(staging -> staging.hasPermission(Item.READ))
                .map(staging -> staging.getBuildByNumber((int) (id % RUNS)));
    }
}
