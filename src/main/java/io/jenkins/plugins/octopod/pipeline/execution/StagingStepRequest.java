package io.jenkins.plugins.octopod.pipeline.execution;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.io.Serializable;

/**
 * Parameters of a Pipeline step that requests an action on a staging. Immutable. Stored with the Pipeline’s program.
 */
@ModuleInternal
public final class StagingStepRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String projectPath;
    private final String name;
    private final Kind kind;
    private final Overrides application;
    private final Overrides deployment;
    private final boolean waiting;

    public StagingStepRequest(
            String projectPath, String name, Kind kind, Overrides application, Overrides deployment, boolean waiting) {
        this.projectPath = projectPath;
        this.name = name;
        this.kind = kind;
        this.application = application;
        this.deployment = deployment;
        this.waiting = waiting;
    }

    String projectPath() {
        return projectPath;
    }

    String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    Overrides application() {
        return application;
    }

    Overrides deployment() {
        return deployment;
    }

    public boolean isWaiting() {
        return waiting;
    }
}
