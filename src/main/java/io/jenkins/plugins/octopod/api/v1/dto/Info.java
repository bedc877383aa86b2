package io.jenkins.plugins.octopod.api.v1.dto;

import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Desired state of a staging, its links, and past actions, newest first. */
public record Info(Deployment deployment, List<Metadatum> metadata, List<DeploymentLog> logs) {

    /** Returns the state, and reads the staging’s runs from disk. */
    public static Info of(Staging staging) throws IOException {
        List<DeploymentLog> logs = new ArrayList<>();
        for (StagingRun run : staging.getBuilds()) {
            StagingAction action = run.action();
            if (!run.isBuilding() && action != null) {
                logs.add(DeploymentLog.of(run, action));
            }
        }
        return new Info(Deployment.of(staging), Metadatum.listOf(staging.getLinks()), logs);
    }
}
