package io.jenkins.plugins.octopod.pipeline;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.pipeline.execution.StagingStepRequest;
import io.jenkins.plugins.octopod.pipeline.execution.StepOptions;
import io.jenkins.plugins.octopod.pipeline.execution.WhenBusy;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.io.Serializable;

/** The request of a step in a Pipeline that was stored before {@link StoredStep} existed. Read only; never written. */
final class StagingOrder implements Serializable {

    private static final long serialVersionUID = 1L;

    private String projectPath;
    private String name;
    private Kind kind;
    private Overrides application;
    private Overrides deployment;
    private boolean waiting;

    StagingStepRequest request() {
        return new StagingStepRequest(
                projectPath,
                name,
                kind,
                new StagingOverrides(application, deployment),
                new StepOptions(waiting, WhenBusy.WAIT, true, null));
    }
}
