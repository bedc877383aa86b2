package io.jenkins.plugins.octopod.kubernetes.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Index of a namespace’s stagings by label. It finds the stagings that an object belongs to without a scan of all
 * stagings. Immutable.
 */
final class WatchedStagingIndex {

    static final WatchedStagingIndex EMPTY = new WatchedStagingIndex(List.of());

    private final Collection<WatchedStaging> all;

    /** Stagings by a label that their selectors require, such as {@code app=shop}. */
    private final Map<String, List<WatchedStaging>> byLabel = new HashMap<>();

    /** Stagings whose selectors require no single label. */
    private final List<WatchedStaging> others = new ArrayList<>();

    WatchedStagingIndex(Collection<WatchedStaging> watchedStagings) {
        this.all = List.copyOf(watchedStagings);
        for (WatchedStaging watchedStaging : all) {
            watchedStaging
                    .selector()
                    .label()
                    .map(label -> byLabel.computeIfAbsent(label, key -> new ArrayList<>()))
                    .orElse(others)
                    .add(watchedStaging);
        }
    }

    Collection<WatchedStaging> all() {
        return all;
    }

    Set<WatchedStaging> of(Map<String, String> labels) {
        Set<WatchedStaging> found = new LinkedHashSet<>();
        labels.forEach((key, value) -> addMatching(byLabel.getOrDefault(key + '=' + value, List.of()), labels, found));
        addMatching(others, labels, found);
        return found;
    }

    private static void addMatching(
            List<WatchedStaging> candidates, Map<String, String> labels, Set<WatchedStaging> found) {
        candidates.stream()
                .filter(watchedStaging -> watchedStaging.selector().matches(labels))
                .forEach(found::add);
    }
}
