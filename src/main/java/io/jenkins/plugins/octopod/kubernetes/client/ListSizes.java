package io.jenkins.plugins.octopod.kubernetes.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Sizes, in bytes, of the lists that are being read page by page. A list is removed some minutes after its last page,
 * because a client requests the next page immediately. Thread-safe.
 */
final class ListSizes {

    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Cache<String, Long> sizes;

    ListSizes(Ticker ticker) {
        sizes = Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED)
                .ticker(ticker)
                .build();
    }

    /**
     * Starts a list with its first page, and returns the page’s size. Requests with a different URL or page length
     * belong to different lists.
     */
    long begin(String list, long size) {
        sizes.put(list, size);
        return size;
    }

    /** Adds a later page, and returns the size of all pages so far. */
    long goOn(String list, long size) {
        return sizes.asMap().merge(list, size, Long::sum);
    }

    /** Returns the number of lists that are being read. */
    long count() {
        sizes.cleanUp();
        return sizes.estimatedSize();
    }
}
