package io.jenkins.plugins.octopod.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.UnhandledAlertException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium with one window, and what tests do with it. */
final class Browser {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;

    private final ChromeDriver driver;
    private final List<Pattern> expected = new ArrayList<>();

    /** Jenkins’ own: its header looks for breadcrumbs when a window is resized that has none yet. */
    private static final Pattern OF_JENKINS = Pattern.compile("jsbundles/header\\.js .*reading 'after'");

    private final List<String> problems = new ArrayList<>();

    Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    ChromeDriver driver() {
        return driver;
    }

    /** As if nobody had used it: one empty page, no cookies, light, of a usual size. */
    void reset() {
        driver.get("about:blank");
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        driver.executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", false));
        network(true);
        resize(WIDTH, HEIGHT);
        prefer("light");
        driver.manage().logs().get(LogType.BROWSER);
        expected.clear();
        problems.clear();
    }

    void quit() {
        driver.quit();
    }

    /** Opens a page of Jenkins. */
    void open(String url) {
        driver.get(Jenkins.get().getRootUrl() + url);
    }

    /** By the form, as a user whose password is the name. */
    void login(String user) {
        open("login");
        find("input[name=j_username]").sendKeys(user);
        find("input[name=j_password]").sendKeys(user, Keys.ENTER);
        until("the login of " + user, () -> !driver.getCurrentUrl().contains("login"));
    }

    /** In pixels, of what is shown; narrower than a window can be made. */
    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** @param scheme {@code light} or {@code dark}: what the user’s system looks like */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Plugs the network in, or pulls the plug. */
    void network(boolean connected) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", !connected, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    WebElement find(String css) {
        return until(css, () -> all(css).stream().findFirst().orElse(null));
    }

    /** Waits until it can be seen. */
    WebElement visible(String css) {
        return until(css + " to be seen", () -> all(css).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    boolean has(String css) {
        return !all(css).isEmpty();
    }

    /** Of the element with the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Presses Tab until such an element has the focus. */
    WebElement tabTo(String css) {
        for (int i = 0; i < 200; i++) {
            press(Keys.TAB);
            if (focused().getDomProperty("tagName") != null
                    && Boolean.TRUE.equals(run("return document.activeElement.matches(arguments[0])", css))) {
                return focused();
            }
        }
        throw new AssertionError("Tab doesn't lead to " + css);
    }

    /** Its main part, as people read it. */
    String text() {
        return find("#main-panel").getText();
    }

    /** Of the page. */
    String title() {
        return driver.getTitle();
    }

    /** All that such elements say, whether or not it can be seen. */
    String text(String css) {
        return (String) run(
                "return [...document.querySelectorAll(arguments[0])].map(it => it.textContent).join(' ').trim()", css);
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits until there is something, or something is true. */
    <T> T until(String what, Supplier<T> look) {
        Function<Object, T> looking = ignored -> {
            T found = look.get();
            return Boolean.FALSE.equals(found) ? null : found;
        };
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                .ignoring(StaleElementReferenceException.class)
                .withMessage(what)
                .until(looking);
    }

    /** Such errors in the console are no failure: what the test does leads to them. */
    void expectError(String regex) {
        expected.add(Pattern.compile(regex));
    }

    /** What went wrong on pages since the test began, but what was expected. */
    List<String> problems() {
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            boolean known = OF_JENKINS.matcher(entry.getMessage()).find()
                    || expected.stream()
                            .anyMatch(it -> it.matcher(entry.getMessage()).find());
            if (entry.getLevel().intValue() >= Level.SEVERE.intValue() && !known) {
                problems.add(entry.getMessage());
            }
        }
        return List.copyOf(problems);
    }

    /** For a test that wants to see that there are some. */
    void forgetProblems() {
        problems();
        problems.clear();
    }

    void assertNoProblems() {
        assertEquals(List.of(), problems(), "errors in the browser's console");
    }

    /** How far what is shown is wider than the window, in pixels. */
    long horizontalOverflow() {
        return ((Number) run("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .longValue();
    }

    Path screenshot(Path directory, String name) throws IOException {
        Files.createDirectories(directory);
        return Files.write(directory.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What was seen last, with what the console says. */
    void record(Path directory, String name) throws IOException {
        try {
            screenshot(directory, name);
            String console = String.join("\n", problems());
            Files.writeString(
                    directory.resolve(name + ".txt"),
                    driver.getCurrentUrl() + "\n" + console + "\n\n" + driver.getPageSource(),
                    StandardCharsets.UTF_8);
        } catch (UnhandledAlertException e) {
            Files.writeString(directory.resolve(name + ".txt"), "An alert is open: " + e.getAlertText());
        } catch (WebDriverException e) {
            Files.writeString(directory.resolve(name + ".txt"), "Nothing can be seen: " + e);
        }
    }
}
