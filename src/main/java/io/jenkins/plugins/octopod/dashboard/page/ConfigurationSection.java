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

/** One kind of a staging’s configuration, as far as it is currently known. Immutable. */
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

    /**
     * Returns the section.
     *
     * @param cachedValue defaults from the script, or {@code null} if the viewer isn’t allowed to see them
     */
    static ConfigurationSection of(
            String key, Overrides overrides, @CheckForNull CachedValue<Configuration> cachedValue) {
        Configuration defaults =
                cachedValue == null ? null : cachedValue.known().orElse(null);
        return new ConfigurationSection(key, ConfigurationLine.of(overrides, defaults), cachedValue);
    }

    /** Keys with the same first part, such as {@code image.tag} and {@code image.pullPolicy}. */
    public record Group(String prefix, List<ConfigurationLine> lines) {

        public String getPrefix() {
            return prefix;
        }

        public List<ConfigurationLine> getLines() {
            return lines;
        }
    }

    /** Returns the key that distinguishes the two kinds of configuration. */
    public String getKey() {
        return key;
    }

    /** Returns the overridden keys. */
    public List<Group> getOverrides() {
        return grouped(line -> !line.isDefault());
    }

    /** Returns the keys with default values. */
    public List<Group> getDefaults() {
        return grouped(ConfigurationLine::isDefault);
    }

    public int getDefaultCount() {
        return (int) lines.stream().filter(ConfigurationLine::isDefault).count();
    }

    /** Groups lines, in the order of the first key of each group. */
    private List<Group> grouped(Predicate<ConfigurationLine> which) {
        Map<String, List<ConfigurationLine>> groups = new LinkedHashMap<>();
        lines.stream().filter(which).forEach(line -> groups.computeIfAbsent(
                        line.getPrefix(), prefix -> new ArrayList<>())
                .add(line));
        return groups.entrySet().stream()
                .map(group -> new Group(group.getKey(), group.getValue()))
                .toList();
    }

    /** Returns a hash that changes with the output of the scripts. */
    int fingerprint() {
        return Objects.hash(cachedValue == null ? null : cachedValue.known(), isLoading(), getProblem());
    }

    /** Returns whether the viewer can see default values. */
    public boolean isDefaultsReadable() {
        return cachedValue != null;
    }

    public boolean isLoading() {
        return cachedValue instanceof CachedValue.Loading;
    }

    public boolean isDefaultsKnown() {
        return cachedValue instanceof CachedValue.Ready;
    }

    /** Returns why the default values are unknown or out of date; null if they are neither. */
    @CheckForNull
    public String getProblem() {
        if (cachedValue instanceof CachedValue.Failed<Configuration> failed) {
            return failed.sentence();
        }
        if (cachedValue instanceof CachedValue.Unavailable<Configuration> unavailable) {
            return unavailable.sentence();
        }
        return cachedValue instanceof CachedValue.Ready<Configuration> ready ? ready.problem() : null;
    }
}
