package io.jenkins.plugins.octopod.dashboard.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.defaults.CachedValue;
import io.jenkins.plugins.octopod.staging.defaults.EffectiveValue.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationSectionTest {

    private static final CachedValue<Configuration> DEFAULTS = new CachedValue.Ready<>(defaults(), false, null);

    private static Configuration defaults() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("image.tag", "latest");
        values.put("replicas", "1");
        values.put("image.pullPolicy", "Always");
        values.put("COLOR", "orange");
        return Configuration.of(values);
    }

    private static ConfigurationSection section(String overrides, CachedValue<Configuration> cachedValue)
            throws Exception {
        return ConfigurationSection.of("deployment", Overrides.parse(overrides), cachedValue);
    }

    private static List<ConfigurationLine> lines(List<ConfigurationSection.Group> groups) {
        return groups.stream().flatMap(group -> group.lines().stream()).toList();
    }

    @Test
    void everyKindIsToldApart() throws Exception {
        ConfigurationSection section = section("DEBUG=true\nimage.tag=v1\n-COLOR\nreplicas=1\n-nothing", DEFAULTS);
        assertEquals(
                List.of(
                        new ConfigurationLine("image.tag", Origin.OVERRIDDEN, "v1", "latest"),
                        new ConfigurationLine("replicas", Origin.SAME, "1", "1"),
                        new ConfigurationLine("COLOR", Origin.REMOVED, "", "orange"),
                        new ConfigurationLine("DEBUG", Origin.ADDED, "true", null),
                        new ConfigurationLine("nothing", Origin.REMOVED, "", null)),
                lines(section.getOverrides()));
        assertEquals(
                List.of(new ConfigurationLine("image.pullPolicy", Origin.DEFAULT, "Always", "Always")),
                lines(section.getDefaults()));
        assertEquals(1, section.getDefaultCount());
    }

    @Test
    void keysThatBeginAlikeStandTogether() throws Exception {
        ConfigurationSection section = section("", DEFAULTS);
        assertEquals(
                List.of("image.", ""),
                section.getDefaults().stream()
                        .map(ConfigurationSection.Group::prefix)
                        .toList());
        assertEquals(
                List.of("image.tag", "image.pullPolicy", "replicas", "COLOR"),
                lines(section.getDefaults()).stream()
                        .map(ConfigurationLine::key)
                        .toList());
    }

    @Test
    void withoutDefaultsThereAreTheOverrides() throws Exception {
        List<ConfigurationLine> expected = List.of(
                new ConfigurationLine("image.tag", Origin.SET, "v1", null),
                new ConfigurationLine("COLOR", Origin.REMOVED, "", null));
        ConfigurationSection loading = section("image.tag=v1\n-COLOR", new CachedValue.Loading<>());
        assertEquals(expected, lines(loading.getOverrides()));
        assertTrue(loading.isLoading());

        ConfigurationSection failed = section("image.tag=v1\n-COLOR", new CachedValue.Failed<>("It broke."));
        assertEquals(expected, lines(failed.getOverrides()));
        assertEquals("It broke.", failed.getProblem());
        assertFalse(failed.isDefaultsKnown());

        ConfigurationSection secret = section("image.tag=v1\n-COLOR", null);
        assertEquals(expected, lines(secret.getOverrides()));
        assertFalse(secret.isDefaultsReadable());
        assertNull(secret.getProblem());
    }
}
