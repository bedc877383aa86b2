package io.jenkins.plugins.octopod.staging.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.scripts.durable.DurableScript;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedScriptTest {

    @Test
    void othersAreFollowedAfterIt() {
        assertEquals(List.of(5, 4, 3), runs(script(5).with(script(4).with(script(3)))));
        assertEquals(List.of(5, 4, 3), runs(script(5).with(script(4)).with(script(3))));
        assertEquals(List.of(5), runs(script(5).with(null)));
    }

    /** Jenkins may be killed after it has stored the scripts and before it has ended their run, and stores them again. */
    @Test
    void aScriptThatIsAddedAgainLosesNoOther() {
        StartedScript stored = script(5).with(script(3));
        assertEquals(List.of(5, 3), runs(script(5).with(stored)));
        StartedScript killed = script(5).withKillRequested().with(stored);
        assertEquals(List.of(5, 3), runs(killed));
        assertTrue(killed.isKillRequested());
    }

    @Test
    void aScriptThatIsAlreadyAmongTheOthersIsThereOnce() {
        assertEquals(
                List.of(5, 4, 3), runs(script(5).with(script(4).with(script(5)).with(script(3)))));
        assertEquals(List.of(5, 4), runs(script(5).with(script(4)).with(script(4))));
    }

    private static StartedScript script(int run) {
        DurableScript script = DurableScript.planned(
                ControlScript.CREATE, new FilePath(new File("agent")), Instant.EPOCH, Duration.ofSeconds(1));
        return StartedScript.by("request-" + run, run, script, "agent", AgentKind.STORED);
    }

    private static List<Integer> runs(StartedScript first) {
        List<Integer> runs = new ArrayList<>();
        for (StartedScript next = first; next != null; next = next.other()) {
            runs.add(next.run());
        }
        return runs;
    }
}
