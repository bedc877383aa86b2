package io.jenkins.plugins.octopod.kubernetes.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ListSizesTest {

    private final AtomicLong nanos = new AtomicLong();
    private final ListSizes sizes = new ListSizes(nanos::get);

    @Test
    void pagesAddUpUntilTheListBeginsAnew() {
        assertEquals(5, sizes.begin("/pods?limit=500", 5));
        assertEquals(12, sizes.goOn("/pods?limit=500", 7));
        // As of a question whether pods may be listed at all, which asks for one.
        assertEquals(1, sizes.begin("/pods?limit=1", 1));
        assertEquals(15, sizes.goOn("/pods?limit=500", 3));
        assertEquals(2, sizes.begin("/pods?limit=500", 2));
    }

    /** Each staging can have a namespace of its own, and a client lives as long as Jenkins. */
    @Test
    void listsThatAreReadAreForgotten() {
        for (int i = 0; i < 1000; i++) {
            sizes.begin("/namespaces/" + i + "/pods?limit=500", 5);
        }
        nanos.addAndGet(ListSizes.REMEMBERED.toNanos() + 1);
        assertEquals(0, sizes.count());
    }
}
