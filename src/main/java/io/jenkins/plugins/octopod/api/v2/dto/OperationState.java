package io.jenkins.plugins.octopod.api.v2.dto;

import com.fasterxml.jackson.annotation.JsonValue;
import hudson.model.Result;
import io.jenkins.plugins.octopod.api.v2.format.ApiFormat;
import io.jenkins.plugins.octopod.staging.StagingRun;

/** State of an operation. */
public enum OperationState {
    WAITING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    ABORTED;

    /** Returns the state of an operation by its run alone. A staging may be busy with an operation whose run has ended. */
    public static OperationState of(StagingRun run) {
        return run.isBuilding() ? RUNNING : ofDone(run);
    }

    /**
     * Returns the state after the run.
     *
     * @param run run that has ended
     */
    public static OperationState ofDone(StagingRun run) {
        if (run.getResult() == Result.SUCCESS) {
            return SUCCEEDED;
        }
        return run.getResult() == Result.ABORTED ? ABORTED : FAILED;
    }

    public boolean isEnd() {
        return this != WAITING && this != RUNNING;
    }

    @JsonValue
    public String word() {
        return ApiFormat.of(this);
    }
}
