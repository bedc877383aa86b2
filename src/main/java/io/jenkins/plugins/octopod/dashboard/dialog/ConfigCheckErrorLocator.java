package io.jenkins.plugins.octopod.dashboard.dialog;

import io.jenkins.plugins.octopod.dashboard.web.FieldRefusalException;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView.Field;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView.Problem;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsCache;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the keys that the output of {@code config_check} is about. The output is plain text: a line that contains a key
 * is assumed to be about that key.
 */
final class ConfigCheckErrorLocator {

    /** Keys by where they are found; an override comes before a default of the same name. */
    private record Key(Field field, String key, boolean overridden) {}

    /** Each name once, as what comes first is. */
    private static final class Keys {

        private final Map<String, Key> byName = new LinkedHashMap<>();

        void add(Set<String> names, Field field, boolean overridden) {
            names.forEach(name -> byName.putIfAbsent(name, new Key(field, name, overridden)));
        }
    }

    private final List<Key> keys;

    private ConfigCheckErrorLocator(List<Key> keys) {
        this.keys = keys;
    }

    /** The refusal, with what it is about where that can be told. */
    static RefusalException located(
            RefusalException e, OctopodProject project, Overrides deployment, Overrides application) {
        if (e.getReason() != Reason.CONFIG_CHECK) {
            return e;
        }
        Keys keys = new Keys();
        keys.add(deployment.asMap().keySet(), Field.DEPLOYMENT, true);
        keys.add(application.asMap().keySet(), Field.APPLICATION, true);
        DefaultsCache cache = DefaultsCache.get();
        cache.knownDeployment(project).ifPresent(defaults -> {
            keys.add(defaults.asMap().keySet(), Field.DEPLOYMENT, false);
            cache.knownApplication(project, deployment.applyTo(defaults))
                    .ifPresent(known -> keys.add(known.asMap().keySet(), Field.APPLICATION, false));
        });
        return new FieldRefusalException(
                new ConfigCheckErrorLocator(List.copyOf(keys.byName.values())).problems(e.getMessage()), e);
    }

    /** A problem for each line; one that names no key goes with the line before it. */
    private List<Problem> problems(String said) {
        List<Problem> problems = new ArrayList<>();
        for (String line : said.lines().filter(text -> !text.isBlank()).toList()) {
            Optional<Key> named = named(line);
            if (named.isEmpty() && !problems.isEmpty()) {
                Problem last = problems.remove(problems.size() - 1);
                problems.add(new Problem(last.field(), last.key(), last.sentence() + '\n' + line));
            } else {
                problems.add(named.map(key -> new Problem(key.field(), key.key(), line))
                        .orElseGet(() -> new Problem(Field.NONE, null, line)));
            }
        }
        return problems.isEmpty() ? List.of(new Problem(Field.NONE, null, said)) : problems;
    }

    /** The key that the line names first; what somebody has set is more likely to be wrong than a default. */
    private Optional<Key> named(String line) {
        return keys.stream()
                .filter(key -> position(key, line).isPresent())
                .min(Comparator.comparing((Key key) -> !key.overridden())
                        .thenComparing(key -> position(key, line).getAsInt())
                        .thenComparing(key -> -key.key().length()));
    }

    /** Where the line has the key as a word: {@code image.tag} isn’t in {@code my.image.tag}, but is before a full stop. */
    private static OptionalInt position(Key key, String line) {
        Matcher matcher = Pattern.compile(
                        "(?<![\\p{L}\\p{N}_.-])" + Pattern.quote(key.key()) + "(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}_])")
                .matcher(line);
        return matcher.find() ? OptionalInt.of(matcher.start()) : OptionalInt.empty();
    }
}
