package io.jenkins.plugins.octopod.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.pipeline.execution.StagingStepRequest;
import io.jenkins.plugins.octopod.pipeline.execution.StepOptions;
import io.jenkins.plugins.octopod.pipeline.execution.WhenBusy;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a Pipeline stores of a step, and reads again. */
class StoredStepTest {

    private static StoredStep step(WhenBusy whenBusy) {
        return StoredStep.of(
                new StagingStepRequest(
                        "demo", "a1", Kind.DEPLOY, StagingOverrides.NONE, new StepOptions(true, whenBusy, true, null)),
                "id");
    }

    @Test
    void whatItDoesWhenBusyIsStored() throws Exception {
        for (WhenBusy whenBusy : WhenBusy.values()) {
            Map<String, Object> stored = step(whenBusy).values();
            assertEquals(whenBusy, StoredStep.read(stored).request().options().whenBusy());
            assertTrue(
                    stored.values().stream()
                            .allMatch(
                                    value -> value == null || value.getClass().getModule() == Object.class.getModule()),
                    stored.toString());
        }
    }

    @Test
    void noteIsStored() throws Exception {
        for (String note : new String[] {null, "", "for a demo\non Thursday"}) {
            StagingStepRequest request = new StagingStepRequest(
                    "demo", "a1", Kind.DEPLOY, StagingOverrides.NONE, new StepOptions(true, WhenBusy.WAIT, true, note));
            Map<String, Object> stored = StoredStep.of(request, "id").values();
            assertEquals(note, StoredStep.read(stored).request().options().note());
        }
    }

    @Test
    void olderStepWaits() throws Exception {
        Map<String, Object> stored = new HashMap<>(step(WhenBusy.FAIL).values());
        stored.remove("whenBusy");
        stored.remove("publishChecks");
        stored.remove("note");
        StoredStep read = StoredStep.read(stored);
        assertEquals(WhenBusy.WAIT, read.request().options().whenBusy());
        assertNull(read.staging());
        assertNull(read.request().options().note(), "the staging keeps its note");
        assertTrue(read.request().isPublishingChecks());
    }

    @Test
    void onlyDeploymentsPublishChecks() throws Exception {
        for (Kind kind : Kind.values()) {
            for (boolean wanted : new boolean[] {true, false}) {
                StagingStepRequest request = new StagingStepRequest(
                        "demo", "a1", kind, StagingOverrides.NONE, new StepOptions(true, WhenBusy.WAIT, wanted, null));
                StagingStepRequest read =
                        StoredStep.read(StoredStep.of(request, "id").values()).request();
                assertEquals(
                        wanted && (kind == Kind.DEPLOY || kind == Kind.DEPLOY_EXACTLY),
                        read.isPublishingChecks(),
                        kind + " " + wanted);
            }
        }
    }
}
