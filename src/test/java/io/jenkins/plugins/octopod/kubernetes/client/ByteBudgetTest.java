package io.jenkins.plugins.octopod.kubernetes.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** What may be kept of what API servers send. */
class ByteBudgetTest {

    @Test
    void nothingIsReservedBeyondALimit() throws Exception {
        ByteBudget shared = new ByteBudget(100, null);
        ByteBudget one = new ByteBudget(60, shared);
        ByteBudget other = new ByteBudget(60, shared);
        one.reserve(60);
        assertThrows(AnswerTooLargeException.class, () -> one.reserve(1));
        assertThrows(AnswerTooLargeException.class, () -> other.reserve(41));
        assertEquals(0, other.used(), "what the shared one refuses isn't reserved in its own either");
        other.reserve(40);
        assertEquals(100, shared.used());
        one.release(60);
        other.reserve(20);
        assertEquals(60, shared.used());
        assertThrows(AnswerTooLargeException.class, () -> other.reserve(1));
    }
}
