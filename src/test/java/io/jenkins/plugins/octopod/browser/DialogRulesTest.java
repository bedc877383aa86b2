package io.jenkins.plugins.octopod.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The rules of the dialog’s scripts that are about no page: what lines say, how keys are grouped, what a change is. */
@BrowserTest
class DialogRulesTest {

    private Browser browser;

    @BeforeEach
    void openAnyPage(JenkinsRule jenkins, Browser opened) {
        browser = opened;
        browser.open("");
    }

    @Test
    void linesSayWhatTheySayToPipelines() {
        assertEquals(
                "[{\"key\":\"a.b\",\"value\":\"1 = 2\"},{\"key\":\"gone\",\"value\":null},{\"key\":\"e\",\"value\":\"\"}]",
                run("overridesParser", "parseOverrides", """
                        return parseOverrides("# no\\n\\n a.. b=1 = 2 \\r\\n-gone\\ne=").entries;
                        """));
        assertEquals(
                "{\"number\":2,\"line\":\"oops\"}",
                run("overridesParser", "parseOverrides", "return parseOverrides(\"a=1\\noops\\nb=2\").unreadable;"));
        assertEquals(
                "{\"number\":1,\"line\":\"=x\"}",
                run("overridesParser", "parseOverrides", "return parseOverrides(\"=x\").unreadable;"));
    }

    @Test
    void keysWithTheSameBeginningAreGrouped() {
        assertEquals(
                "[\"a.only.one\",\"image[2]:{tag,name}\",\"image\",\"db[3]:{host,pool[2]:{min,max}}\",\"Z\"]",
                run("keyTree", "buildKeyTree", """
                        const say = (n) => n.row ? n.label : `${n.label}[${n.size}]:{${n.children.map(say).join(",")}}`;
                        const keys = ["a.only.one", "image.tag", "db.host", "image.name", "db.pool.min", "db.pool.max", "Z"];
                        const nodes = buildKeyTree([...keys.map((key) => ({ key }))]).map(say);
                        const own = buildKeyTree([{ key: "image" }, { key: "image.tag" }, { key: "image.name" }]).map(say);
                        return [nodes[0], nodes[1], own[0], nodes[2], nodes[3]];
                        """));
    }

    /** As {@code ConfigurationKey} does it in Jenkins. */
    @Test
    void aDotAfterABackslashIsPartOfAName() {
        assertEquals("[\"a\\\\. b.c\",\"a\\\\..b\"]", run("overridesParser", "normalizeKey", """
                        return ["a\\\\. b.. c", "a\\\\..b"].map(normalizeKey);
                        """));
        assertEquals("[\"x\\\\.io/a\",\"x\\\\.io/b\"]", run("keyTree", "buildKeyTree", """
                        return buildKeyTree([{ key: "x\\\\.io/a" }, { key: "x\\\\.io/b" }]).map(({ label }) => label);
                        """));
    }

    @Test
    void aChangeIsWhatWouldBeAnotherThanNow() {
        assertEquals(
                "[\"reset KEPT old>standard\",\"changed SET a>b\",\"removed COLOR orange>null\",\"added NEW null>x\"]",
                draft("""
                        const draft = new Draft([entry("KEPT", "old"), entry("SET", "a"), entry("SAME", "s")]);
                        draft.defaults = [entry("COLOR", "orange"), entry("KEPT", "standard")];
                        draft.reset("KEPT"); draft.set("SET", "b"); draft.remove("COLOR"); draft.set("NEW", "x");
                        draft.set("SAME", "t"); draft.revert("SAME");
                        return draft.changes.map(say);
                        """));
        assertEquals(
                "[\"COLOR default orange\",\"KEPT overridden old\",\"GONE removed null\",\"NEW added x\"]", draft("""
                        const draft = new Draft([entry("KEPT", "old"), entry("GONE", null)]);
                        draft.defaults = [entry("COLOR", "orange"), entry("KEPT", "standard")];
                        draft.set("NEW", "x");
                        return draft.rows.map(({ key, state, value }) => `${key} ${state} ${value}`);
                        """));
    }

    @Test
    void whatAnotherHasChangedIsTakenOverAndWhatWasTypedStays() {
        assertEquals(
                "{\"theirs\":[\"changed BOTH a>theirs\",\"reset DROPPED d>null\",\"set ADDED null>n\"],"
                        + "\"now\":[\"BOTH=mine\",\"ADDED=n\",\"TYPED=t\"],"
                        + "\"changes\":[\"changed BOTH theirs>mine\",\"set TYPED null>t\"]}",
                draft("""
                        const draft = new Draft([entry("BOTH", "a"), entry("DROPPED", "d")]);
                        draft.set("BOTH", "mine"); draft.set("TYPED", "t");
                        const theirs = draft.rebase([entry("BOTH", "theirs"), entry("ADDED", "n")]).map(say);
                        const now = draft.entries.map(({ key, value }) => `${key}=${value}`);
                        return { theirs, now, changes: draft.changes.map(say) };
                        """));
    }

    private String draft(String body) {
        return run("draft", "Draft", """
                const entry = (key, value) => ({ key, value });
                const say = ({ key, kind, from, to }) => `${kind} ${key} ${from}>${to}`;
                """ + body);
    }

    /** What a function says that is given something of a script of the dialog. */
    private String run(String script, String name, String body) {
        return (String) browser.driver().executeAsyncScript("""
                        const done = arguments[arguments.length - 1];
                        const url = document.head.dataset.resurl + "/plugin/octopod/js/dialog/%s.js";
                        import(url).then(({ %s }) => { %s }).then((it) => done(JSON.stringify(it)), (e) => done(String(e)));
                        """.formatted(script, name, body));
    }
}
