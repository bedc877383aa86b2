package io.jenkins.plugins.octopod.browser;

import java.util.List;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The dialog for a new staging, and for updates. */
final class StagingDialog {

    private static final String DIALOG = "dialog.octopod-dialog[open] ";

    private final Browser browser;

    StagingDialog(Browser browser) {
        this.browser = browser;
        browser.visible(DIALOG);
    }

    private WebElement part(String name) {
        return browser.find(DIALOG + "[data-part=" + name + "]");
    }

    String text() {
        return browser.find(DIALOG).getText();
    }

    StagingDialog name(String name) {
        WebElement field = part("name");
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), name);
        return this;
    }

    String typedName() {
        return part("name").getDomProperty("value");
    }

    /** Until the page has said what it thinks of the name. */
    String nameError() {
        return browser.visible(DIALOG + "[data-part=nameError]").getText();
    }

    /** Where it will be found. */
    String host() {
        return browser.visible(DIALOG + "[data-part=host]").getText();
    }

    StagingDialog version(String version) {
        part("version").sendKeys(Keys.chord(Keys.CONTROL, "a"), version);
        return this;
    }

    WebElement versionField() {
        return part("version");
    }

    /** Values that are suggested now, with what they are recognized by. */
    List<String> suggestions() {
        return browser.all(DIALOG + "[role=option]").stream()
                .map(WebElement::getText)
                .toList();
    }

    /** How much differs in what is folded. */
    String otherSettings() {
        return part("moreCount").getText();
    }

    StagingDialog unfold() {
        WebElement more = part("more");
        if (more.getDomAttribute("open") == null) {
            more.findElement(By.tagName("summary")).click();
        }
        return this;
    }

    Editor deployment() {
        return new Editor(0);
    }

    Editor application() {
        return new Editor(1);
    }

    String summary() {
        return part("summary").getText();
    }

    void submit() {
        part("submit").click();
    }

    /** With what is accepted. */
    void submitted() {
        submit();
        closed();
    }

    void closed() {
        browser.until("the dialog to be closed", () -> !browser.has(DIALOG));
    }

    /** What was refused, wherever it is said. */
    String refusal() {
        String places = DIALOG + ".octopod-dialog__error, " + DIALOG + "[data-part=problem]";
        return browser.until("a refusal", () -> {
            String said = browser.all(places).stream()
                    .filter(WebElement::isDisplayed)
                    .map(WebElement::getText)
                    .collect(Collectors.joining("\n"));
            return said.isBlank() ? null : said;
        });
    }

    /** Accepts the offer to do it after what is at work on the staging. */
    void runAfterThat() {
        browser.visible(DIALOG + "[data-part=runAfterThat]").click();
    }

    void cancel() {
        part("cancel").click();
    }

    /** Of one kind of overrides. */
    final class Editor {

        private final int index;

        Editor(int index) {
            this.index = index;
            unfold();
            browser.until(
                    "the defaults",
                    () -> browser.all(DIALOG + ".octopod-editor").size() > index
                            && "false".equals(element().getDomAttribute("aria-busy")));
        }

        private WebElement element() {
            return browser.all(DIALOG + ".octopod-editor").get(index);
        }

        private WebElement in(String part) {
            return element().findElement(By.cssSelector("[data-part=" + part + "]"));
        }

        private WebElement row(String key) {
            return browser.until(
                    "the key " + key,
                    () -> element().findElements(By.cssSelector("li.octopod-key[title='" + key + "']")).stream()
                            .findFirst()
                            .orElse(null));
        }

        private WebElement of(String key, String part) {
            return row(key).findElement(By.cssSelector("[data-part=" + part + "]"));
        }

        /** {@code default}, {@code overridden}, {@code added} or {@code removed}. */
        String state(String key) {
            return row(key).getDomAttribute("data-state");
        }

        String value(String key) {
            WebElement standard = of(key, "standard");
            return standard.isDisplayed()
                    ? standard.getText()
                    : of(key, "input").getDomProperty("value");
        }

        Editor override(String key, String value) {
            if (of(key, "standard").isDisplayed()) {
                of(key, "standard").click();
            }
            WebElement input = of(key, "input");
            browser.until("the field of " + key, input::isDisplayed);
            input.sendKeys(Keys.chord(Keys.CONTROL, "a"), value);
            return this;
        }

        /** Puts the cursor into the field of an override. */
        Editor click(String key) {
            of(key, "input").click();
            return this;
        }

        Editor remove(String key) {
            of(key, "remove").click();
            return this;
        }

        Editor reset(String key) {
            of(key, "reset").click();
            return this;
        }

        /** The keys that are suggested to somebody who types one. */
        List<String> suggestions() {
            return element().findElements(By.cssSelector("datalist option")).stream()
                    .map(option -> option.getDomProperty("value"))
                    .toList();
        }

        Editor add(String key) {
            in("newKey").sendKeys(key, Keys.ENTER);
            row(key);
            return this;
        }

        Editor paste(String lines) {
            WebElement paste = in("paste");
            paste.findElement(By.tagName("summary")).click();
            browser.until("the field for lines", () -> in("lines").isDisplayed());
            in("lines").sendKeys(lines);
            in("takeLines").click();
            return this;
        }
    }
}
