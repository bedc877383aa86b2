package io.jenkins.plugins.octopod.staging;

import hudson.model.Item;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.io.IOException;
import java.util.Optional;

/**
 * An integer for each run of a project’s stagings, as the original’s {@code action_id}: the staging’s number in the project,
 * then the run’s number in six decimal digits. So the eighth run of the third staging is 3000008. Nothing is stored for a
 * run, so those of before there were ids have one, too, and a run is found without looking for it. Safe for any thread.
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
