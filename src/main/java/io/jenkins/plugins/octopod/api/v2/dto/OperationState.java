package io.jenkins.plugins.octopod.api.v2.dto;

import com.fasterxml.jackson.annotation.JsonValue;
import hudson.model.Result;
import io.jenkins.plugins.octopod.api.v2.format.ApiFormat;
import io.jenkins.plugins.octopod.staging.StagingRun;

/** How far an operation is. */
public enum OperationState {
    WAITING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    ABORTED;

    /** @param run that is done */
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
