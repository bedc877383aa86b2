package io.jenkins.plugins.octopod.dashboard.dialog;

import io.jenkins.plugins.octopod.dashboard.web.FieldRefusalException;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView.Field;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView.Problem;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the keys that the output of {@code config_check} is about. The output is plain text: a line that contains a key
 * is assumed to be about that key.
 */
final class ConfigCheckErrorLocator {

    /** Key with the field that contains it. A key of an override takes precedence over a default with the same name. */
    private record Key(Field field, String key, boolean overridden) {}

    /** Keys by name; the first key with a name is kept. */
    private static final class Keys {

        private final Map<String, Key> byName = new LinkedHashMap<>();

        void add(Overrides overrides, Field field) {
            overrides.asMap().keySet().forEach(name -> byName.putIfAbsent(name, new Key(field, name, true)));
        }

        void add(Configuration defaults, Field field) {
            defaults.asMap().keySet().forEach(name -> byName.putIfAbsent(name, new Key(field, name, false)));
        }
    }

    private final List<Key> keys;

    private ConfigCheckErrorLocator(List<Key> keys) {
        this.keys = keys;
    }

    /** Returns the refusal, with the keys that its output is about if it can be assigned to keys. */
    static RefusalException located(RefusalException e, OctopodProject project, StagingOverrides overrides) {
        if (e.getReason() != Reason.CONFIG_CHECK) {
            return e;
        }
        Keys keys = new Keys();
        keys.add(overrides.deployment(), Field.DEPLOYMENT);
        keys.add(overrides.application(), Field.APPLICATION);
        DefaultsService service = DefaultsService.get();
        service.knownDeployment(project).ifPresent(defaults -> {
            keys.add(defaults, Field.DEPLOYMENT);
            service.knownApplication(project, overrides.deployment().applyTo(defaults))
                    .ifPresent(known -> keys.add(known, Field.APPLICATION));
        });
        return new FieldRefusalException(
                new ConfigCheckErrorLocator(List.copyOf(keys.byName.values())).problems(e.getMessage()), e);
    }

    /** Returns a problem for each line. A line without a key belongs to the problem before it. */
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

    /**
     * Returns the key in the line. Overrides take precedence, because they are more likely to be wrong than default
     * values.
     */
    private Optional<Key> named(String line) {
        return keys.stream()
                .filter(key -> position(key, line).isPresent())
                .min(Comparator.comparing((Key key) -> !key.overridden())
                        .thenComparing(key -> position(key, line).getAsInt())
                        .thenComparing(key -> -key.key().length()));
    }

    /**
     * Returns the position of the key as a word: {@code image.tag} isn’t found in {@code my.image.tag}, but it is
     * before a period.
     */
    private static OptionalInt position(Key key, String line) {
        Matcher matcher = Pattern.compile(
                        "(?<![\\p{L}\\p{N}_.-])" + Pattern.quote(key.key()) + "(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}_])")
                .matcher(line);
        return matcher.find() ? OptionalInt.of(matcher.start()) : OptionalInt.empty();
    }
}
