package io.jenkins.plugins.octopod.kubernetes.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fabric8.kubernetes.client.Config;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.util.List;

/** A kubeconfig is read, and refers to no file and no command, or is refused with a sentence. */
public final class KubeconfigParserFuzz {

    private KubeconfigParserFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzInput fuzzInput = new FuzzInput(input);
        int times = 1 << fuzzInput.nextNumber(0, 14);
        List<String> texts = fuzzInput.texts(3);
        String content = texts.get(0) + texts.get(1).repeat(texts.get(1).length() > 16 ? 1 : times) + texts.get(2);
        try {
            assertHarmless(KubeconfigParser.read(content));
        } catch (ClusterException e) {
            Sentences.assertOneLine(e.getMessage());
        }
    }

    private static void assertHarmless(Config config) {
        assertNotNull(config);
        assertNull(config.getFile());
        assertNull(config.getCaCertFile());
        assertNull(config.getClientCertFile());
        assertNull(config.getClientKeyFile());
        assertNull(config.getOauthTokenProvider());
        assertNull(config.getAuthProvider());
        assertFalse(config.getAutoConfigure());
    }
}
