package io.jenkins.plugins.octopod.pipeline.execution;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;

/**
 * Parameters of a Pipeline step that requests an action on a staging. Immutable.
 */
@ModuleInternal
public final class StagingStepRequest {

    private final String projectPath;
    private final String name;
    private final Kind kind;
    private final Overrides application;
    private final Overrides deployment;
    private final boolean waiting;
    private final WhenBusy whenBusy;

    public StagingStepRequest(
            String projectPath,
            String name,
            Kind kind,
            Overrides application,
            Overrides deployment,
            boolean waiting,
            WhenBusy whenBusy) {
        this.projectPath = projectPath;
        this.name = name;
        this.kind = kind;
        this.application = application;
        this.deployment = deployment;
        this.waiting = waiting;
        this.whenBusy = whenBusy;
    }

    public String projectPath() {
        return projectPath;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public Overrides application() {
        return application;
    }

    public Overrides deployment() {
        return deployment;
    }

    public boolean isWaiting() {
        return waiting;
    }

    public WhenBusy whenBusy() {
        return whenBusy;
    }
}
