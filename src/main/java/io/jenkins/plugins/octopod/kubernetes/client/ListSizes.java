package io.jenkins.plugins.octopod.kubernetes.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * How large the lists are that are being read page by page, in bytes. A list is forgotten some minutes after its last page: a client
 * asks for the next page at once. Thread-safe.
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

    /** Counts the first page, and returns its size. Lists of another address, or with pages of another length, are other lists. */
    long begin(String list, long size) {
        sizes.put(list, size);
        return size;
    }

    /** Counts a page that is not the first, and returns the size of all pages until now. */
    long goOn(String list, long size) {
        return sizes.asMap().merge(list, size, Long::sum);
    }

    /** The number of lists that are remembered. */
    long count() {
        sizes.cleanUp();
        return sizes.estimatedSize();
    }
}
