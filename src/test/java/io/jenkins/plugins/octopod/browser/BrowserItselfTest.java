package io.jenkins.plugins.octopod.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.fixtures.Visitor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What the other tests rely on: that they would fail. */
@BrowserTest
class BrowserItselfTest {

    @Test
    void whatThePolicyForbidsIsNotDoneAndIsAProblem(JenkinsRule jenkins, Browser browser) throws Exception {
        String policy = Visitor.anonymous(jenkins)
                .get("")
                .headers()
                .firstValue("Content-Security-Policy")
                .orElse("");
        assertTrue(policy.contains("script-src"), policy);
        assertFalse(policy.contains("script-src 'self' 'unsafe-inline'"), policy);

        browser.open("");
        browser.assertNoProblems();
        browser.run("""
                const script = document.createElement("script");
                script.textContent = "window.inline = true";
                document.body.append(script);
                const button = document.createElement("button");
                button.setAttribute("onclick", "window.handler = true");
                document.body.append(button);
                button.click();
                """);
        assertNull(browser.run("return window.inline"));
        assertNull(browser.run("return window.handler"));
        List<String> problems = browser.until("the violations", () -> {
            List<String> found = browser.problems();
            return found.size() < 2 ? null : found;
        });
        assertTrue(problems.stream().allMatch(it -> it.contains("Content Security Policy")), problems.toString());
        assertThrows(AssertionError.class, browser::assertNoProblems);
        browser.forgetProblems();
    }

    @Test
    void errorsOfScriptsAreProblems(JenkinsRule jenkins, Browser browser) {
        browser.open("");
        browser.run("setTimeout(() => { throw new Error('it broke') })");
        browser.until("the error", () -> browser.problems().stream().anyMatch(it -> it.contains("it broke")));
        browser.forgetProblems();
        browser.expectError("it broke");
        browser.run("setTimeout(() => { throw new Error('it broke') })");
        browser.run("console.error('and something else')");
        browser.until("the other error", () -> !browser.problems().isEmpty());
        assertEquals(1, browser.problems().size());
        browser.forgetProblems();
    }

    @Test
    void axeFindsWhatIsWrong(JenkinsRule jenkins, Browser browser) throws Exception {
        browser.open("");
        browser.run("document.getElementById('main-panel').append(document.createElement('button'))");
        List<String> violations = Axe.violations(browser);
        assertTrue(violations.stream().anyMatch(it -> it.startsWith("button-name")), violations.toString());
    }
}
