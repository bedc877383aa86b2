package io.jenkins.plugins.octopod;

import io.jenkins.plugins.octopod.fuzz.FuzzCorpus;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What fuzzing has found and kept holds; engine/ has targets of its own. */
class FuzzCorpusTest {

    @TestFactory
    Stream<DynamicNode> keptInputs() throws IOException {
        return FuzzCorpus.replay();
    }

    @Test
    void eachTargetHasInputs() throws IOException {
        FuzzCorpus.assertComplete();
    }
}
