package io.jenkins.plugins.octopod.staging.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.thoughtworks.xstream.io.StreamException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests which failures of storing are retried. */
class StorageRetryTest {

    private final AtomicInteger attempts = new AtomicInteger();

    static List<IOException> fullDisk() {
        IOException full = new IOException("No space left on device");
        return List.of(
                full,
                new IOException(new StreamException(full)),
                new IOException(new RuntimeException("Failed to serialize", new StreamException(full))));
    }

    /** As a stream reports it, and as {@code XmlFile} does where XStream has caught it. */
    @ParameterizedTest
    @MethodSource("fullDisk")
    void aFullDiskIsRetried(IOException failure) throws Exception {
        String stored = StorageRetry.await("the run", null, Instant.MAX, () -> {
            if (attempts.incrementAndGet() == 1) {
                throw failure;
            }
            return "stored";
        });
        assertEquals("stored", stored);
        assertEquals(2, attempts.get());
    }

    /** As {@code XmlFile} reports what XML can’t hold. */
    @Test
    void whatCannotBeWrittenAsXmlIsNotRetried() {
        IOException failure = new IOException(new StreamException("Invalid character 0x0 in XML stream"));
        assertSame(
                failure,
                assertThrows(
                        IOException.class,
                        () -> StorageRetry.await("the run", null, Instant.MAX, () -> {
                            attempts.incrementAndGet();
                            throw failure;
                        })));
        assertEquals(1, attempts.get());
    }
}
