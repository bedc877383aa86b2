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

    /**
     * Returns the state of an operation by its run alone. The staging can still be busy with the operation after the run has
     * ended.
     */
    public static OperationState of(StagingRun run) {
        return run.isBuilding() ? RUNNING : ofDone(run);
    }

    /**
     * Returns the state of an operation whose run has ended.
     *
     * @param run run that has ended
     */
    public static OperationState ofDone(StagingRun run) {
        if (run.getResult() == Result.SUCCESS) {
            return SUCCEEDED;
        }
        return run.getResult() == Result.ABORTED ? ABORTED : FAILED;
    }

    /** Returns whether the state is final. */
    public boolean isEnd() {
        return this != WAITING && this != RUNNING;
    }

    /** Returns the name of the state in JSON. */
    @JsonValue
    public String word() {
        return ApiFormat.of(this);
    }
}
