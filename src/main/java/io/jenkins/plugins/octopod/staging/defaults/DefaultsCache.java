package io.jenkins.plugins.octopod.staging.defaults;

import com.github.benmanes.caffeine.cache.Ticker;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv.SuggestedTag;
import io.jenkins.plugins.octopod.scripts.ConfigurationDefaults;
import io.jenkins.plugins.octopod.staging.support.AgentCalls;
import io.jenkins.plugins.octopod.staging.support.FairExecutor.Owner;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** Cached output of the config scripts: caches of defaults, of keys and of tags. Thread-safe. */
final class DefaultsCache {

    private final RefreshingCache<Configuration> defaults = new RefreshingCache<>(
            DefaultsLoader::defaults,
            configuration -> RefreshingCache.weight(configuration.asMap().keySet())
                    + RefreshingCache.weight(configuration.asMap().values()),
            DefaultsCache::threads,
            Ticker.systemTicker(),
            DefaultsListener::fire);

    private final RefreshingCache<List<String>> keys = new RefreshingCache<>(
            DefaultsLoader::keys,
            RefreshingCache::weight,
            DefaultsCache::threads,
            Ticker.systemTicker(),
            defaultsQuery -> {});

    private final RefreshingCache<List<SuggestedTag>> tags = new RefreshingCache<>(
            DefaultsLoader::tags,
            list -> list.stream()
                    .mapToInt(tag -> tag.tag().length() + tag.description().length())
                    .sum(),
            DefaultsCache::threads,
            Ticker.systemTicker(),
            defaultsQuery -> {});

    /** Number of times that results were removed because settings changed. */
    private long invalidations;

    RefreshingCache<Configuration> defaults() {
        return defaults;
    }

    RefreshingCache<List<String>> keys() {
        return keys;
    }

    RefreshingCache<List<SuggestedTag>> tags() {
        return tags;
    }

    /** Returns the number that {@link #put} compares. */
    synchronized long invalidations() {
        return invalidations;
    }

    /**
     * Caches defaults unless settings have changed while the scripts ran, because the defaults may then be outdated.
     *
     * @param expectedInvalidations {@link #invalidations} before the scripts ran
     */
    synchronized void put(
            DefaultsQuery deployment,
            DefaultsQuery application,
            ConfigurationDefaults configurationDefaults,
            long expectedInvalidations) {
        if (invalidations == expectedInvalidations) {
            defaults.put(deployment, configurationDefaults.deployment());
            defaults.put(application, configurationDefaults.application());
        }
    }

    /** Removes results because settings have changed. */
    synchronized void invalidate(Predicate<DefaultsQuery> which) {
        invalidations++;
        defaults.invalidate(which);
        keys.invalidate(which);
        tags.invalidate(which);
    }

    /** Returns the threads for calls of agents, which count as calls of the current user. */
    private static Executor threads(DefaultsQuery defaultsQuery) {
        Owner owner = AgentCalls.owner(defaultsQuery.project());
        return command -> AgentCalls.get().executor().execute(owner, defaultsQuery.weight(), command);
    }
}
