package io.jenkins.plugins.octopod.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.htmlunit.html.HtmlTextInput;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The steps in the snippet generator and on the page of all steps. */
@WithSharedJenkins
class StepFormTest {

    @Test
    void snippetGenerator(JenkinsRule jenkins) throws Exception {
        jenkins.createProject(OctopodProject.class, "demo");
        jenkins.createProject(OctopodProject.class, "other");
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("pipeline-syntax/");
            HtmlSelect steps = page.getFirstByXPath("//select[contains(@class, 'dropdownList')]");
            steps.setSelectedAttribute(
                    steps.getOptions().stream()
                            .filter(option -> option.getText().startsWith("octopodDeploy:"))
                            .findFirst()
                            .orElseThrow(),
                    true);
            browser.waitForBackgroundJavaScript(10_000);
            HtmlSelect projects = visible(page, "//select[@name='_.project']");
            assertEquals(2, projects.getOptionSize());
            projects.setSelectedAttribute("other", true);
            browser.waitForBackgroundJavaScript(10_000); // it is filled anew after each choice
            HtmlTextInput name = visible(page, "//input[@name='_.name']");
            name.setValue("feature/x");
            HtmlTextArea deployment = visible(page, "//textarea[@name='_.deploymentOverrides']");
            deployment.setText("image.tag=it's\n-replicas");
            HtmlTextArea application = visible(page, "//textarea[@name='_.appOverrides']");
            application.setText("DEBUG=true");
            HtmlCheckBoxInput wait = visible(page, "//input[@name='_.wait']");
            assertTrue(wait.isChecked());

            assertEquals(
                    "octopodDeploy appOverrides: [DEBUG: 'true'], deploymentOverrides: [image: [tag: 'it\\'s'], "
                            + "replicas: null], name: 'feature/x', project: 'other'",
                    generated(browser, page));
            wait.setChecked(false);
            deployment.setText("");
            application.setText("");
            assertEquals("octopodDeploy name: 'feature/x', project: 'other', wait: false", generated(browser, page));
            HtmlTextArea note = visible(page, "//textarea[@name='_.note']");
            note.setText("for a demo");
            assertEquals(
                    "octopodDeploy name: 'feature/x', note: 'for a demo', project: 'other', wait: false",
                    generated(browser, page));
            note.setText("");
            HtmlSelect whenBusy = visible(page, "//select[@name='_.whenBusy']");
            whenBusy.setSelectedAttribute("abort", true);
            assertEquals(
                    "octopodDeploy name: 'feature/x', project: 'other', wait: false, whenBusy: 'abort'",
                    generated(browser, page));
        }
    }

    private static String generated(JenkinsRule.WebClient browser, HtmlPage page) throws Exception {
        page.getHtmlElementById("generatePipelineScript").click();
        browser.waitForBackgroundJavaScript(10_000);
        return ((HtmlTextArea) page.getHtmlElementById("prototypeText"))
                .getText()
                .trim();
    }

    /** Each step has its form in the page, and one of them is shown. */
    private static <T extends DomElement> T visible(HtmlPage page, String path) {
        return page.<T>getByXPath(path).stream()
                .filter(DomElement::isDisplayed)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + path));
    }

    @Test
    void roundTrip(JenkinsRule jenkins) throws Exception {
        OctopodDeployStep deploy = new OctopodDeployStep("demo", "x");
        Map<String, Object> overrides = new LinkedHashMap<>();
        overrides.put("image.tag", "v1");
        overrides.put("DEBUG", null);
        deploy.setDeploymentOverrides(overrides);
        deploy.setAppOverrides(Map.of("N", 3));
        deploy.setReplaceOverrides(true);
        deploy.setPublishChecks(false);
        deploy.setWait(false);
        deploy.setNote("");
        OctopodCleanupStep cleanup = new OctopodCleanupStep("demo", "x");
        cleanup.setWait(false);
        cleanup.setWhenBusy("fail");
        for (Step step : List.of(
                deploy,
                cleanup,
                new OctopodArchiveStep("demo", "x"),
                new OctopodRestoreStep("demo", "x"),
                new OctopodStatusStep("demo", "x"))) {
            Step again = (Step) DescribableModel.uninstantiate2_(step).instantiate(step.getClass());
            jenkins.assertEqualDataBoundBeans(step, again);
        }
        assertEquals(
                "octopodDeploy appOverrides: [N: 3], deploymentOverrides: [image: [tag: 'v1'], DEBUG: null], "
                        + "name: 'x', note: '', project: 'demo', publishChecks: false, replaceOverrides: true, wait: false",
                Snippetizer.object2Groovy(deploy));
        assertEquals("image.tag=v1\n-DEBUG", descriptor().lines(deploy.getDeploymentOverrides()));
        assertEquals("", descriptor().lines(null));
    }

    @Test
    void pageOfAllSteps(JenkinsRule jenkins) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            String text = browser.goTo("pipeline-syntax/html").asNormalizedText();
            for (String step : List.of(
                    "octopodDeploy: Deploy to a staging",
                    "octopodArchive: Archive a staging",
                    "octopodRestore: Restore an archived staging",
                    "octopodCleanup: Clean up an archived staging",
                    "octopodStatus: Get the status of a staging")) {
                assertTrue(text.contains(step), step);
            }
            String own = text.substring(text.indexOf("octopodArchive:"), text.indexOf("octopodStatus:"));
            assertFalse(own.contains("do not know how to categorize"), "an exception where a map’s type should be");
        }
    }

    @Test
    void onlyWhatTheUserMaySee(JenkinsRule jenkins) throws Exception {
        OctopodProject demo = jenkins.createProject(OctopodProject.class, "demo");
        jenkins.createProject(OctopodProject.class, "secret");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("someone")
                .grant(Item.READ)
                .onItems(demo)
                .to("someone"));
        try (var ignored = hudson.security.ACL.as(hudson.model.User.getById("someone", true))) {
            assertEquals(List.of("demo"), values(descriptor().doFillProjectItems(null, "")));
            assertEquals(List.of("demo", "kept"), values(descriptor().doFillProjectItems(null, "kept")));
        }
        assertEquals(FormValidation.Kind.ERROR, descriptor().doCheckAppOverrides("A=1\nB").kind);
        assertEquals(FormValidation.Kind.OK, descriptor().doCheckAppOverrides("A=1\n-B").kind);
        assertEquals(FormValidation.Kind.ERROR, descriptor().doCheckName(" ").kind);
    }

    private static List<String> values(ListBoxModel items) {
        return items.stream().map(item -> item.value).toList();
    }

    private static OctopodDeployStep.DescriptorImpl descriptor() {
        return Jenkins.get().getDescriptorByType(OctopodDeployStep.DescriptorImpl.class);
    }
}
