package io.jenkins.plugins.octopod.kubernetes.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigParserTest {

    private static final String UNREADABLE = "The file isn’t a kubeconfig with clusters and users.";

    /** The parser of YAML goes as deep as the text does. */
    @Test
    void whatIsNestedTooDeepIsRefused() {
        assertEquals(UNREADABLE, refused("clusters: " + "[".repeat(100_000)));
        assertEquals(UNREADABLE, refused("clusters: " + "[".repeat(100_000) + "]".repeat(100_000) + "\nusers: []"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &a [*a]\nclusters: []\nusers: []",
                "clusters: &a\n- *a\nusers: []",
                "? &a [*a]\n: 1\nusers: []"
            })
    void whatHasItselfInItIsRefused(String content) {
        assertEquals(UNREADABLE, refused(content));
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertEquals(UNREADABLE, refused("clusters: []\nusers: []\n" + "#".repeat(1 << 20)));
    }

    @Test
    void namesAreQuotedOnOneLine() {
        String sentence = refused("""
                clusters: []
                users:
                - name: "a\\nb\\e[2J"
                  user: {exec: {command: id}}
                """);
        Sentences.assertOneLine(sentence);
        assertTrue(sentence.contains("“a b”"), sentence);
    }

    /** The client would connect to it while it reads the file, to find out whether it speaks TLS. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "//%s",
                "httpr://%s",
                "HTTPS:%s",
                "HTTPS//%s",
                "https:/%s",
                "user@%s",
                "https://user@%s",
                ""
            })
    void aServerWithoutASchemeIsRefusedAndNotAsked(String address) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String sentence = refused(kubeconfig(address.formatted("127.0.0.1:" + server.getLocalPort())));
            Sentences.assertOneLine(sentence);
            assertTrue(sentence.contains("the cluster “k” in the kubeconfig"), sentence);
            // A connection is there before it is accepted.
            server.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, server::accept);
        }
    }

    /** The file is a secret, and users who may not read it read the sentence. */
    @Test
    void theAddressIsNotQuoted() {
        for (String address : List.of("https://admin:hunter2@k8s.example.com", "k8s.example.com/?token=hunter2")) {
            String sentence = refused(kubeconfig(address));
            assertFalse(sentence.contains("hunter2"), sentence);
            assertTrue(sentence.contains("“k”"), sentence);
        }
    }

    @Test
    void aServerIsAnHttpUrl() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String address = "://127.0.0.1:" + server.getLocalPort() + "/k8s/";
            for (String scheme : List.of("https", "http", "HTTPS", "Http")) {
                assertEquals(
                        scheme.toLowerCase(Locale.ROOT) + address,
                        KubeconfigParser.read(kubeconfig(scheme + address)).getMasterUrl());
            }
            server.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, server::accept);
        }
    }

    private static String kubeconfig(String server) {
        return """
                current-context: c
                contexts: [{name: c, context: {cluster: k, user: u}}]
                clusters: [{name: k, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: t}}]
                """.formatted(server);
    }

    private static String refused(String content) {
        return assertThrows(ClusterException.class, () -> KubeconfigParser.read(content))
                .getMessage();
    }
}
