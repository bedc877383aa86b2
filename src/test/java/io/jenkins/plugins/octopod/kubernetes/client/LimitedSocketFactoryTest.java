package io.jenkins.plugins.octopod.kubernetes.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.kubernetes.client.LimitedSocketFactory.Limited;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class LimitedSocketFactoryTest {

    private static final int BLOCK = 128 * 1024;

    private final ByteBudget shared = new ByteBudget(1L << 30, null);

    /** All connections share a budget: what a closed one kept of it would be lost until Jenkins is started again. */
    @Test
    void aReadThatEndsAfterTheConnectionReservesNothing() throws IOException {
        ByteBudget budget = new ByteBudget(1L << 30, shared);
        Socket socket = new Socket();
        Limited received = new Limited(socket, budget);
        assertEquals(BLOCK, received.read(new byte[BLOCK], 0, BLOCK));
        assertTrue(shared.used() > 0);
        socket.onRead = received::end;
        assertEquals(BLOCK, received.read(new byte[BLOCK], 0, BLOCK));
        assertEquals(0, budget.used());
        assertEquals(0, shared.used());
    }

    /** What is closed while it is read, at a moment that no real socket can be made to have. */
    private static final class Socket extends InputStream {

        private Runnable onRead = () -> {};

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            onRead.run();
            return length;
        }
    }
}
