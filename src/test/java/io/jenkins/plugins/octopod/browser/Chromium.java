package io.jenkins.plugins.octopod.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The Chromium of this machine and the driver that belongs to it: those that {@code CHROME_BIN} and {@code CHROMEDRIVER}
 * name, or else those on the path. Nothing is ever downloaded. bin/browser looks for the same.
 */
record Chromium(Path browser, Path driver) {

    static Optional<Chromium> find() {
        Optional<Path> browser = named("CHROME_BIN").or(() -> onPath("chromium", "chromium-browser", "google-chrome"));
        Optional<Path> driver = named("CHROMEDRIVER").or(() -> onPath("chromedriver"));
        return browser.filter(Files::isExecutable)
                .flatMap(found -> driver.filter(Files::isExecutable).map(its -> new Chromium(found, its)));
    }

    private static Optional<Path> named(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(name -> !name.isEmpty())
                .map(Path::of);
    }

    private static Optional<Path> onPath(String... names) {
        List<String> directories =
                List.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator));
        return Stream.of(names)
                .flatMap(name -> directories.stream().map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    ChromeDriver start() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.setCapability("goog:loggingPrefs", logs);
        // No sandbox, as it doesn’t work for root and in most containers, and only pages of ours are opened.
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-proxy-server",
                "--hide-scrollbars",
                "--lang=en",
                "--window-size=1280,900");
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", "en"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        return new ChromeDriver(service, options);
    }
}
