package io.jenkins.plugins.octopod.dashboard.compare;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One kind of values of both sides.
 *
 * @param key key that distinguishes the kinds: {@code deployment}, {@code application} or {@code links}
 * @param lines lines of all keys
 */
public record ComparedSection(String key, List<ComparedLine> lines) {

    /** Returns the keys of the left side in their order, then those that only the right side has. */
    static ComparedSection of(String key, ComparedValues left, ComparedValues right) {
        Set<String> keys = new LinkedHashSet<>(left.values().keySet());
        keys.addAll(right.values().keySet());
        return new ComparedSection(
                key,
                keys.stream()
                        .map(each -> new ComparedLine(each, left.value(each), right.value(each)))
                        .toList());
    }

    public String getKey() {
        return key;
    }

    public List<ComparedLine> getDifferent() {
        return lines.stream().filter(ComparedLine::isDifferent).toList();
    }

    public List<ComparedLine> getSame() {
        return lines.stream().filter(line -> !line.isDifferent()).toList();
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }
}
