package io.jenkins.plugins.octopod.scripts.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each script of a batch is answered, whatever happens to it. */
class RunScriptBatchTest {

    @TempDir
    private Path directory;

    /** What an agent’s process throws that has no memory, no thread or no room for a class. */
    private static final class Broken extends LinkedHashMap<ControlScript, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String get(Object script) {
            throw new NoClassDefFoundError("some/Type");
        }
    }

    @Test
    void anErrorIsAnAnswer() {
        List<ScriptInvocationResult> results = new CopyOnWriteArrayList<>();
        RunScriptBatch batch = new RunScriptBatch(
                new RunScriptBatch.BatchContext(
                        new Broken(), new ArrayList<>(), new LinkedHashMap<>(), ScriptSecrets.NONE.sent()),
                Stream.of("a1", "b1", "c1")
                        .map(id -> new ScriptInvocation(id, ControlScript.CHECK, List.of(), Map.of()))
                        .toList(),
                new ConcurrencyLimit("broken", 2, Duration.ofSeconds(5)),
                results::addAll);
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> batch.invoke(directory.toFile(), null));
        assertEquals(
                List.of("a1", "b1", "c1"),
                results.stream().map(ScriptInvocationResult::id).sorted().toList());
        results.forEach(result -> assertTrue(result.error().contains("some/Type"), result.error()));
    }
}
