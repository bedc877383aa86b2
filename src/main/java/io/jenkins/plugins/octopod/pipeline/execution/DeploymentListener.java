package io.jenkins.plugins.octopod.pipeline.execution;

import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.function.Consumer;
import jenkins.util.Listeners;

/**
 * Listener for deployments of Pipelines whose steps publish checks. Methods are called on a background thread that acts
 * as the build’s user, and must be quick.
 */
@ModuleInternal
public abstract class DeploymentListener implements ExtensionPoint {

    /** Called when a request is accepted. Called again after a restart if it isn’t stored yet that the step knows it. */
    public abstract void onAccepted(Run<?, ?> build, Staging staging, String requestId);

    /**
     * Called when a request is refused, so that the step fails.
     *
     * @param staging name of the staging, which might not exist
     * @param reason sentence that says why, without anything that only some users may read
     */
    public abstract void onRefused(Run<?, ?> build, OctopodProject project, String staging, String reason);

    static void notifyAll(Consumer<DeploymentListener> event) {
        Listeners.notify(DeploymentListener.class, false, event);
    }
}
