package io.jenkins.plugins.octopod.kubernetes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which stagings of a namespace an object belongs to, found by its labels without a look at all stagings. Immutable. */
final class Seating {

    static final Seating EMPTY = new Seating(List.of());

    private final Collection<Seat> all;

    /** By a label that all objects of a staging have, such as {@code app=shop}. */
    private final Map<String, List<Seat>> byLabel = new HashMap<>();

    /** Those whose selectors name no such label. */
    private final List<Seat> others = new ArrayList<>();

    Seating(Collection<Seat> seats) {
        this.all = List.copyOf(seats);
        for (Seat seat : all) {
            seat.selector()
                    .label()
                    .map(label -> byLabel.computeIfAbsent(label, key -> new ArrayList<>()))
                    .orElse(others)
                    .add(seat);
        }
    }

    Collection<Seat> all() {
        return all;
    }

    Set<Seat> of(Map<String, String> labels) {
        Set<Seat> found = new LinkedHashSet<>();
        labels.forEach((key, value) -> addMatching(byLabel.getOrDefault(key + '=' + value, List.of()), labels, found));
        addMatching(others, labels, found);
        return found;
    }

    private static void addMatching(List<Seat> candidates, Map<String, String> labels, Set<Seat> found) {
        candidates.stream().filter(seat -> seat.selector().matches(labels)).forEach(found::add);
    }
}
