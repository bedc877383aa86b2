package io.jenkins.plugins.octopod.browser;

import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.crashing;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.deployment;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.pod;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.waiting;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.warning;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.thememanager.ThemeManagerPageDecorator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** A staging’s page with its workloads, used as people use it. */
@BrowserTest
class ClusterPageInBrowserTest {

    /** With {@code -Doctopod.screenshots=target/pictures} it takes pictures there. */
    private static final String PICTURES = System.getProperty("octopod.screenshots", "");

    @TempDir
    private Path directory;

    @TempDir
    private Path scripts;

    private TestCluster cluster;
    private TestProject project;

    @BeforeEach
    void start(JenkinsRule jenkins) throws Exception {
        cluster = TestCluster.start(directory);
        project = Scene.quick(jenkins, scripts);
        ClusterProject.connect(jenkins, project.project, cluster, HealthMode.BETWEEN_CHECKS);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void itIsForEverybodyHoweverTheStagingIs(Browser browser) throws Exception {
        Map<String, String> scenes = new LinkedHashMap<>();
        scenes.put("image-pull", "no such image or tag");
        cluster.put(
                deployment("image-pull", "shop-image-pull", "registry.example.com/team/shop:v9", 1, 0),
                waiting(
                        "image-pull",
                        "shop-5d8f7c9b6-x2x7q",
                        "registry.example.com/team/shop:v9",
                        "ImagePullBackOff",
                        "Back-off pulling image \"registry.example.com/team/shop:v9\""),
                warning(
                        "e1",
                        "shop-5d8f7c9b6-x2x7q",
                        "Failed",
                        "Failed to pull image \"registry.example.com/team/shop:v9\": rpc error: code = NotFound desc ="
                                + " failed to resolve reference: registry.example.com/team/shop:v9: not found",
                        4));
        scenes.put("crash-loop", "ends again and again");
        cluster.put(
                deployment("crash-loop", "shop-crash-loop", "shop:v7", 2, 1),
                pod("crash-loop", "shop-6f7-aaaaa", "shop:v7", true),
                crashing("crash-loop", "shop-6f7-bbbbb", "shop:v7", 7, 3, "no database at db:5432"),
                warning("e2", "shop-6f7-bbbbb", "BackOff", "Back-off restarting failed container app", 12));
        scenes.put("half-ready", "says that it isn’t ready");
        cluster.put(
                deployment("half-ready", "shop-half-ready", "shop:v7", 2, 1),
                deployment("half-ready", "search", "search:3.1", 1, 1),
                pod("half-ready", "shop-6f7-ccccc", "shop:v7", true),
                pod("half-ready", "shop-6f7-ddddd", "shop:v7", false),
                pod("half-ready", "search-77c-eeeee", "search:3.1", true),
                warning(
                        "e3",
                        "shop-6f7-ddddd",
                        "Unhealthy",
                        "Readiness probe failed: HTTP probe failed with statuscode: 503",
                        9));
        scenes.put("healthy", "2 of 2");
        cluster.put(
                deployment("healthy", "shop-healthy", "shop:v7", 2, 2),
                pod("healthy", "shop-6f7-fffff", "shop:v7", true),
                pod("healthy", "shop-6f7-ggggg", "shop:v7", true));
        cluster.api.usage.put("shop-6f7-fffff", "180m 240Mi");
        cluster.api.usage.put("shop-6f7-ggggg", "35m 201Mi");
        Map<String, Staging> stagings = new LinkedHashMap<>();
        for (String name : scenes.keySet()) {
            stagings.put(name, Scene.deployed(project, name, "COLOR=teal"));
        }
        ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
        browser.login(Scene.USER);
        for (String theme : new String[] {"light", "dark"}) {
            browser.prefer(theme);
            for (Map.Entry<String, String> scene : scenes.entrySet()) {
                String name = scene.getKey();
                browser.resize(1280, 900);
                browser.open(stagings.get(name).getUrl());
                browser.until(
                        scene.getValue(), () -> browser.text("#octopod-staging").contains(scene.getValue()));
                for (int width : new int[] {1280, 400}) {
                    browser.resize(width, 1400);
                    picture(browser, name + "-" + theme + "-" + width);
                    assertEquals(0, browser.horizontalOverflow(), name + " at " + width);
                    Axe.assertAccessible(browser, name + ", " + theme + ", " + width);
                }
            }
        }
    }

    @Test
    void itFollowsTheClusterAndShowsLogs(Browser browser) throws Exception {
        cluster.put(
                deployment("orange-button", "shop", "shop:v7", 1, 1), pod("orange-button", "shop-1", "shop:v7", true));
        cluster.api.logs.put("shop-1", "listening on 8080\n<b>not bold</b>\n");
        Staging staging = Scene.deployed(project, "orange-button");
        browser.login(Scene.USER);
        browser.open(staging.getUrl());
        browser.until("the pod", () -> browser.text(".octopod-pods").contains("shop-1"));

        cluster.put(
                deployment("orange-button", "shop", "shop:v7", 1, 0),
                crashing("orange-button", "shop-1", "shop:v7", 2, 1, ""));
        browser.until("the crash", () -> browser.text(".octopod-pods").contains("CrashLoopBackOff"));
        browser.until("the status", () -> browser.title().startsWith("Failing: orange-button"));

        browser.tabTo("[data-octopod-pod]").sendKeys(Keys.ENTER);
        browser.until("the log", () -> browser.text(".octopod-log__text").contains("<b>not bold</b>"));
        picture(browser, "log-light-1280");
        Axe.assertAccessible(browser, "a log");
        cluster.api.logs.put("shop-1", "listening on 8080\nand more\n");
        browser.until("more", () -> browser.text(".octopod-log__text").contains("and more"));
        cluster.put(crashing("orange-button", "shop-1", "shop:v7", 3, 1, ""));
        browser.until("the restart", () -> browser.text(".octopod-pods").contains("3"));
        assertTrue(browser.find("#octopod-pod-log").isDisplayed(), "what is opened stays open");
        new Select(browser.find("#octopod-pod-log").findElement(By.cssSelector("[data-octopod-part=lines]")))
                .selectByVisibleText("50");
        browser.until("the log again", () -> browser.text(".octopod-log__text").contains("and more"));
        browser.press(Keys.ESCAPE);
        browser.until("the end", () -> !browser.find("#octopod-pod-log").isDisplayed());
        browser.assertNoProblems();
    }

    private static void picture(Browser browser, String name) throws IOException {
        if (!PICTURES.isEmpty()) {
            browser.screenshot(Path.of(PICTURES), name);
        }
    }
}
