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

    /** More runs than a staging will ever have; and with it, ids are exact in JavaScript for all stagings there could be. */
    private static final long RUNS = 1_000_000;

    private ActionIdCodec() {}

    /**
     * Whatever becomes of the staging, no other run in its project has had that id or will have it.
     *
     * @throws IOException if the staging has none yet, and what it gets can’t be stored
     */
    public static long of(StagingRun run) throws IOException {
        if (run.getNumber() >= RUNS) {
            throw new IOException(Messages.ActionIdCodec_tooMany(run.getParent().getName(), RUNS - 1));
        }
        return StagingSequence.of(run.getParent()) * RUNS + run.getNumber();
    }

    /** The run of that id; empty where there is none, it isn’t kept any more, or the current user may not see it. */
    public static Optional<StagingRun> find(OctopodProject project, long id) {
        if (id < RUNS) {
            return Optional.empty();
        }
        return StagingSequence.find(project, id / RUNS)
                .filter(staging -> staging.hasPermission(Item.READ))
                .map(staging -> staging.getBuildByNumber((int) (id % RUNS)));
    }
}
