package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.defaults.CachedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** A staging’s configuration of one kind, as far as it is known by now. Immutable. */
public final class ConfigurationSection {

    private final String key;
    private final List<ConfigurationLine> lines;

    @CheckForNull
    private final CachedValue<Configuration> cachedValue;

    private ConfigurationSection(String key, List<ConfigurationLine> lines, CachedValue<Configuration> cachedValue) {
        this.key = key;
        this.lines = lines;
        this.cachedValue = cachedValue;
    }

    /** @param cachedValue defaults from the script, or {@code null} if the viewer isn’t allowed to see them */
    static ConfigurationSection of(
            String key, Overrides overrides, @CheckForNull CachedValue<Configuration> cachedValue) {
        Configuration defaults =
                cachedValue == null ? null : cachedValue.known().orElse(null);
        return new ConfigurationSection(key, ConfigurationLine.of(overrides, defaults), cachedValue);
    }

    /** Keys that begin alike, such as {@code image.tag} and {@code image.pullPolicy}. */
    public record Group(String prefix, List<ConfigurationLine> lines) {

        public String getPrefix() {
            return prefix;
        }

        public List<ConfigurationLine> getLines() {
            return lines;
        }
    }

    /** By which it is told from the other one. */
    public String getKey() {
        return key;
    }

    /** What somebody wants different from the defaults. */
    public List<Group> getOverrides() {
        return grouped(line -> !line.isDefault());
    }

    /** What nobody wants different. */
    public List<Group> getDefaults() {
        return grouped(ConfigurationLine::isDefault);
    }

    public int getDefaultCount() {
        return (int) lines.stream().filter(ConfigurationLine::isDefault).count();
    }

    /** Groups stand where their first key does. */
    private List<Group> grouped(Predicate<ConfigurationLine> which) {
        Map<String, List<ConfigurationLine>> groups = new LinkedHashMap<>();
        lines.stream().filter(which).forEach(line -> groups.computeIfAbsent(
                        line.getPrefix(), prefix -> new ArrayList<>())
                .add(line));
        return groups.entrySet().stream()
                .map(group -> new Group(group.getKey(), group.getValue()))
                .toList();
    }

    /** Another one where the scripts have said something else. */
    int fingerprint() {
        return Objects.hash(cachedValue == null ? null : cachedValue.known(), isLoading(), getProblem());
    }

    /** Whether the viewer may know the defaults. */
    public boolean isDefaultsReadable() {
        return cachedValue != null;
    }

    public boolean isLoading() {
        return cachedValue instanceof CachedValue.Loading;
    }

    public boolean isDefaultsKnown() {
        return cachedValue instanceof CachedValue.Ready;
    }

    /** Why the defaults aren’t known, or may be out of date; null if there is nothing to say. */
    @CheckForNull
    public String getProblem() {
        return cachedValue == null ? null : cachedValue.problem();
    }
}
