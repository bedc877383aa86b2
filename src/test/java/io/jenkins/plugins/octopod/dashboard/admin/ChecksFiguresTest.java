package io.jenkins.plugins.octopod.dashboard.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.support.api.Container;
import com.cloudbees.jenkins.support.api.Content;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.ExtensionList;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ReplacedClock;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import io.jenkins.plugins.octopod.staging.statistics.StatisticsHistory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.metrics.api.Metrics;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What administrators see of the checks: the page, the monitor, metrics and the support bundle. */
@Tag("jenkins")
@WithJenkins
class ChecksFiguresTest {

    @TempDir
    private Path directory;

    private ReplacedClock clock;

    private SweptProject project(JenkinsRule jenkins, Path directory) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.create("a1", "b1", "c1");
        clock = ReplacedClock.with(swept.clock);
        return swept;
    }

    @AfterEach
    void ordinaryClock() {
        if (clock != null) {
            clock.close();
        }
    }

    private static ChecksMonitor monitor() {
        return ExtensionList.lookupSingleton(ChecksMonitor.class);
    }

    @Test
    void thePageShowsHowStagingsAre(JenkinsRule jenkins) throws Exception {
        SweptProject swept = project(jenkins, directory);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        jenkins.createWebClient().login("reader").assertFails("manage/staging-checks/", 403);
        JenkinsRule.WebClient browser = jenkins.createWebClient().login("admin");
        assertEquals("", line(browser.goTo("manage/staging-checks/"), 0), "nothing was looked at yet");

        swept.tell(ControlScript.CHECK, "b1", "exit 1");
        StatisticsHistory.get().sample(swept.clock.instant());
        swept.sweep("a1", "b1", "c1");
        swept.sweep("a1", "b1", "c1");
        swept.clock.goOn(Duration.ofSeconds(30));
        StatisticsHistory.get().sample(swept.clock.instant());
        swept.clock.goOn(Duration.ofHours(12));
        HtmlPage page = browser.goTo("manage/staging-checks/");
        String text = page.asNormalizedText().replaceAll("\\s+", " ");
        assertTrue(text.contains("2 Running") && text.contains("1 Failing"), text);
        assertTrue(text.contains("Checks per second: 0.1"), text);
        assertTrue(text.contains("Oldest status, in seconds: 30"), text);
        assertEquals("360.0,108.0", line(page, 0), "half a day ago, a tenth of a check a second");
        assertEquals("demo", page.getAnchorByText("demo").getTextContent());
        assertTrue(browser.goTo("manage/").asNormalizedText().contains("Staging checks"));
    }

    private static String line(HtmlPage page, int plot) {
        return page.querySelectorAll(".octopod-plot polyline")
                .get(plot)
                .getAttributes()
                .getNamedItem("points")
                .getNodeValue();
    }

    @Test
    void administratorsAreToldWhenNobodyCanBeAsked(JenkinsRule jenkins) throws Exception {
        SweptProject swept = project(jenkins, directory);
        swept.sweep("a1", "b1", "c1");
        assertFalse(monitor().isActivated());
        jenkins.disconnectSlave((DumbSlave) jenkins.jenkins.getNode("agent"));
        swept.sweepUntil("statuses to be stale", swept.staging("a1")::isStale);
        swept.clock.goOn(Duration.ofMinutes(4));
        assertFalse(monitor().isActivated(), "agents are restarted now and then");
        swept.clock.goOn(Duration.ofMinutes(2));
        assertEquals(
                List.of("3 stagings of project “demo” couldn’t be checked for 6 min 0 sec, so their "
                        + "statuses might be out of date: No agent with the label “staging” is online "
                        + "now that this project may run scripts on."),
                monitor().getSentences());
        String manage = jenkins.createWebClient().goTo("manage/").asNormalizedText();
        assertTrue(manage.contains("3 stagings of project “demo” couldn’t be checked"), manage);
        String page = jenkins.createWebClient()
                .goTo("manage/staging-checks/")
                .asNormalizedText()
                .replaceAll("\\s+", " ");
        assertTrue(page.contains("3 stale"), page);
        assertTrue(
                page.contains("No agent with the label “staging” is online now that this project may run scripts on."),
                page);
    }

    @Test
    void administratorsAreToldWhenNobodyHasTheLabel(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        clock = ReplacedClock.with(swept.clock);
        swept.clock.goOn(Duration.ofMinutes(1));
        assertEquals(
                List.of("No agent has the label “staging” of project “demo”, so nothing can be "
                        + "deployed there or checked: give it to an agent, or change it in the project’s "
                        + "configuration."),
                monitor().getSentences());
        swept.demo.connectAgent("agent");
        swept.clock.goOn(Duration.ofMinutes(1));
        assertFalse(monitor().isActivated());
    }

    @Test
    void administratorsAreToldWhenChecksDontKeepUp(JenkinsRule jenkins) throws Exception {
        SweptProject swept = project(jenkins, directory);
        swept.sweep("a1", "b1", "c1");
        swept.tell(ControlScript.CHECK, "a1", "touch here; while ! test -f go; do sleep 0.05; done");
        swept.sweep("b1", "c1");
        swept.clock.goOn(Duration.ofSeconds(40));
        assertFalse(monitor().isActivated());
        swept.clock.goOn(Duration.ofSeconds(10));
        assertEquals(
                List.of("The checks of project “demo” don’t keep up: a status is 1 min 5 sec old. "
                        + "Allow more parallel checks, raise the interval, or give the agents more "
                        + "processors."),
                monitor().getSentences());
        Files.createFile(directory.resolve("go"));
        swept.sweep("a1", "b1", "c1");
        assertFalse(monitor().isActivated());
    }

    @Test
    void theMetricsPluginGetsFigures(JenkinsRule jenkins) throws Exception {
        SweptProject swept = project(jenkins, directory);
        swept.tell(ControlScript.CHECK, "b1", "exit 2");
        swept.sweep("a1", "b1", "c1");
        swept.clock.goOn(Duration.ofSeconds(7));
        assertEquals(2, gauge("octopod.stagings.Running"));
        assertEquals(1, gauge("octopod.stagings.PartialAvailability"));
        assertEquals(0, gauge("octopod.stagings.Archived"));
        assertEquals(0, gauge("octopod.stagings.stale"));
        assertEquals(7.0, gauge("octopod.status.oldest.seconds"));
        // Counted just after what it says is known.
        TestProject.await(
                "the last check to be counted",
                () -> Long.valueOf(3).equals(gauge("octopod.checks.total")) ? true : null);
        JsonNode shown = new ObjectMapper()
                .readTree(jenkins.createWebClient()
                        .goTo("metrics/currentUser/metrics", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .get("gauges");
        assertEquals(2, shown.get("octopod.stagings.Running").get("value").intValue());
        assertEquals(
                7.0, shown.get("octopod.status.oldest.seconds").get("value").doubleValue());
    }

    private static Object gauge(String name) {
        return Metrics.metricRegistry().getGauges().get(name).getValue();
    }

    @Test
    void theSupportBundleHasFiguresAndNoNames(JenkinsRule jenkins) throws Exception {
        SweptProject swept = project(jenkins, directory);
        swept.sweep("a1", "b1", "c1");
        TestProject.await(
                "the last check to be counted", () -> CheckScheduler.get().checks() == 3 ? true : null);
        Map<String, String> contents = new LinkedHashMap<>();
        ExtensionList.lookupSingleton(StagingsSupportComponent.class).addContents(new Container() {
            @Override
            public void add(Content content) {
                if (content == null) {
                    return;
                }
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try {
                    content.writeTo(out);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                contents.put(content.getName(), out.toString(StandardCharsets.UTF_8));
            }
        });
        String stagings = contents.get("octopod/stagings.md");
        assertTrue(stagings.contains("* Projects: 1\n") && stagings.contains("* Running: 3\n"), stagings);
        assertTrue(stagings.contains("* Checks since the start: 3\n"), stagings);
        assertFalse(stagings.contains("demo"), stagings);
        assertTrue(contents.get("octopod/checks.csv").startsWith("time,checks per second"));
    }
}
