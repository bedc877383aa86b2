package io.jenkins.plugins.octopod.kubernetes.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client is shared with other plugins, and so are its loggers. */
class ClientLogTest {

    private static final Logger LOGGER =
            Logger.getLogger("io.fabric8.kubernetes.client.informers.impl.cache.Reflector");

    private Filter before;

    @BeforeEach
    void start() {
        before = LOGGER.getFilter();
        LOGGER.setFilter(null);
        ClientLog.limit();
    }

    @AfterEach
    void stop() {
        LOGGER.setFilter(before);
    }

    private static LogRecord logged(Throwable problem) {
        LogRecord line = new LogRecord(Level.WARNING, "listSyncAndWatch failed");
        line.setThrown(problem);
        LOGGER.getFilter().isLoggable(line);
        return line;
    }

    private static void assertLine(String expected, Throwable problem) {
        LogRecord line = logged(problem);
        assertEquals(expected, line.getMessage());
        assertNull(line.getThrown());
    }

    @Test
    void aRefusalAndALostConnectionAreALine() {
        assertLine(
                "listSyncAndWatch failed: The cluster refuses to answer (HTTP 403).",
                new CompletionException(new KubernetesClientException("Forbidden!", 403, null)));
        assertLine(
                "listSyncAndWatch failed: The cluster doesn’t answer: the connection was refused or has ended",
                new KubernetesClientException("An error has occurred.", new ConnectException("Connection refused")));
    }

    @Test
    void anErrorInAProgramKeepsItsPlace() {
        Throwable bug = new NullPointerException("item");
        LogRecord line = logged(bug);
        assertSame(bug, line.getThrown());
        assertEquals("listSyncAndWatch failed", line.getMessage());
        assertNull(logged(null).getThrown());
    }
}
