package io.jenkins.plugins.octopod.engine.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {

    private static boolean matches(String selector, String... labels) {
        Map<String, String> map = new java.util.HashMap<>();
        for (String label : labels) {
            map.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1));
        }
        return LabelSelector.parse(selector).matches(map);
    }

    @Test
    void itIsReadAsKubernetesReadsIt() {
        assertTrue(matches("app.kubernetes.io/instance=shop", "app.kubernetes.io/instance=shop", "tier=web"));
        assertFalse(matches("app=shop", "app=shop-2"));
        assertFalse(matches("app=shop"));
        assertTrue(matches("app == shop , tier != db", "app=shop"));
        assertFalse(matches("app=shop,tier!=db", "app=shop", "tier=db"));
        assertTrue(matches("tier in (web, api),app", "tier=api", "app=x"));
        assertFalse(matches("tier in (web, api)", "tier=db"));
        assertTrue(matches("tier notin (web, api)", "app=x"));
        assertTrue(matches("!old", "app=x"));
        assertFalse(matches("!old", "old="));
        assertTrue(matches("old=", "old="));
    }

    @Test
    void aLabelThatAllHave() {
        assertEquals(
                Optional.of("app=shop"), LabelSelector.parse("!old,app=shop").label());
        assertEquals(Optional.empty(), LabelSelector.parse("tier in (a,b)").label());
        assertEquals(Optional.empty(), LabelSelector.parse("app!=a").label());
    }

    @ParameterizedTest
    @ValueSource(strings = {"app=shop", "app in (shop, web)", "!old,tier!=db,app==shop"})
    void oneThatNamesALabelsValueIsPositive(String text) {
        assertTrue(LabelSelector.parse(text).isPositive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "!app", "app!=shop", "app notin (shop, web)", "app=", "!a,b!=c,d"})
    void oneThatNamesNoneIsNot(String text) {
        assertFalse(LabelSelector.parse(text).isPositive());
        assertFalse(LabelSelector.parse(text).requires(""));
    }

    @Test
    void aTextIsRequiredOnlyIfAllHaveIt() {
        assertTrue(LabelSelector.parse("app=shop-web").requires("shop"));
        assertTrue(LabelSelector.parse("app in (shop-web, shop-api),tier=db").requires("shop"));
        assertFalse(LabelSelector.parse("app in (shop-web, api)").requires("shop"));
        assertFalse(LabelSelector.parse("app!=shop").requires("shop"));
        assertFalse(LabelSelector.parse("shop=web").requires("shop"));
        assertFalse(LabelSelector.parse("shop").requires("shop"));
    }

    @Test
    void oneThatIsTooLongIsRefusedAtOnce() {
        String text = "a=b" + ",".repeat(10_000_000);
        assertEquals(
                "A label selector can have at most 1000 characters, and this one has 10000003.",
                assertThrows(IllegalArgumentException.class, () -> LabelSelector.parse(text))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "app=shop,", "app=${name}", "app in shop", "in (a)", "a b", "app=a b", "x in ()"})
    void whatCantBeUnderstoodIsRefused(String text) {
        String sentence = assertThrows(IllegalArgumentException.class, () -> LabelSelector.parse(text))
                .getMessage();
        assertTrue(sentence.contains("isn’t part of a label selector"), sentence);
    }

    @Test
    void placesAreFilledIn() {
        assertEquals(
                "shop-orange-button.apps $1",
                new NameTemplate("${project}-${name}.${namespace} $1").expand("orange-button", "apps", "shop"));
        for (String wrong : new String[] {"${nmae}", "${name", "${}"}) {
            assertThrows(IllegalArgumentException.class, () -> new NameTemplate(wrong).expand("a", "b", "c"), wrong);
        }
    }

    @Test
    void amountsAreReadable() {
        assertEquals("0.25", new Resources(250, 0).cpu());
        assertEquals("2", new Resources(2000, 0).cpu());
        assertEquals("256 MiB", new Resources(0, 256L << 20).memory());
        assertEquals("1.5 GiB", new Resources(0, 1536L << 20).memory());
    }
}
