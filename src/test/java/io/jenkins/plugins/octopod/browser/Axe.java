package io.jenkins.plugins.octopod.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks by axe-core for what keeps people out who don’t see, don’t use a mouse, or need contrast.
 *
 * <p>Only what is ours is looked at: the main panel, and dialogs and menus that are put beside it. Jenkins’ header and side
 * panel, the same on all of its pages, are core’s.
 */
final class Axe {

    private static final List<String> OURS = List.of("#main-panel", "dialog[open]", "[role=menu]");

    private static final String RUN = """
            const [places, off, done] = arguments;
            const rules = Object.fromEntries(off.map((rule) => [rule, { enabled: false }]));
            const there = places.filter((place) => document.querySelector(place));
            axe.run({ include: there.map((place) => [place]) }, { resultTypes: ["violations"], rules })
              .then((results) => done(results.violations), (error) => done([{ id: "axe itself", help: String(error), nodes: [] }]));
            """;

    private Axe() {}

    /**
     * What is wrong, a line for each element.
     *
     * @param off rules that aren’t ours to keep there
     */
    static List<String> violations(Browser browser, String... off) throws IOException {
        if (!Boolean.TRUE.equals(browser.run("return typeof axe === 'object'"))) {
            browser.run(script());
        }
        List<String> lines = new ArrayList<>();
        for (Object violation : (List<?>) browser.driver().executeAsyncScript(RUN, OURS, List.of(off))) {
            Map<?, ?> rule = (Map<?, ?>) violation;
            List<?> nodes = (List<?>) rule.get("nodes");
            if (nodes.isEmpty()) {
                lines.add(rule.get("id") + ": " + rule.get("help"));
            }
            for (Object node : nodes) {
                Map<?, ?> element = (Map<?, ?>) node;
                lines.add(rule.get("id") + ": " + rule.get("help") + "\n  " + element.get("html") + "\n  "
                        + element.get("failureSummary"));
            }
        }
        return lines;
    }

    static void assertAccessible(Browser browser, String page) throws IOException {
        assertEquals("", String.join("\n", violations(browser)), page);
    }

    private static String script() throws IOException {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
