package io.jenkins.plugins.octopod.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.jenkins.plugins.octopod.dashboard.admin.ChecksMonitor;
import io.jenkins.plugins.octopod.dashboard.admin.CleanupsMonitor;
import io.jenkins.plugins.octopod.dashboard.admin.StagingsSupportComponent;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids and class names that are stored as text, or by Java serialization, and so must stay. */
class StoredIdsTest {

    private static final String PREFIX = "io.jenkins.plugins.octopod.";

    @Test
    void idsStay() {
        assertEquals(PREFIX + "staging.StagingPermissions.Log", StagingPermissions.LOG.getId());
        assertEquals(PREFIX + "dashboard.admin.ChecksMonitor", new ChecksMonitor().id);
        assertEquals(PREFIX + "dashboard.admin.CleanupsMonitor", new CleanupsMonitor().id);
        assertEquals("StagingsSupport", new StagingsSupportComponent().getId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "engine.Overrides",
                "pipeline.ActionStepExecution",
                "pipeline.OctopodArchiveStep",
                "pipeline.OctopodCleanupStep",
                "pipeline.OctopodDeployStep",
                "pipeline.OctopodRestoreStep",
                "pipeline.OctopodStatusStep",
                "pipeline.Requester",
                "pipeline.RunLog",
                "pipeline.StagingOrder",
                "pipeline.StagingReference",
                "pipeline.turn.SupersededCause",
                "scripts.ControlScripts$DescriptorImpl",
                "staging.StagingPermissions",
                "staging.StagingRequest$Kind"
            })
    void classNamesStay(String name) throws ClassNotFoundException {
        assertNotNull(Class.forName(PREFIX + name, false, getClass().getClassLoader()));
    }
}
