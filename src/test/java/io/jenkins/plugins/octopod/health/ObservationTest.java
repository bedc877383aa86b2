package io.jenkins.plugins.octopod.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.scripts.ask.ScriptInvocationResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservationTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final ScriptResult PRINTED = ScriptResult.exited(0).withStdout("app,https://example.com\n");

    /** It says nothing of the status, which a script that couldn't be run does. */
    @Test
    void linksThatAreRefusedHaveFailed() {
        assertEquals(
                new Observation.LinksRead(List.of(new StagingLink("app", "https://example.com"))),
                Observation.of(ControlScript.INFO, new ScriptInvocationResult("a1", PRINTED, ""), TIMEOUT));
        assertEquals(
                new Observation.LinksFailed("why"),
                Observation.of(ControlScript.INFO, new ScriptInvocationResult("a1", PRINTED, "why"), TIMEOUT));
        assertEquals(
                new Observation.Unknown("why"),
                Observation.of(ControlScript.INFO, new ScriptInvocationResult("a1", null, "why"), TIMEOUT));
    }
}
