package io.jenkins.plugins.octopod.browser;

import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The table of stagings: of one project, or of all. */
final class StagingsPage {

    private final Browser browser;

    private StagingsPage(Browser browser) {
        this.browser = browser;
        browser.until("the stagings", () -> browser.has("#octopod-board[aria-busy=false]"));
        // Known again as long as the page isn’t loaded anew.
        browser.run("window.octopodTest = 'this page'");
    }

    static StagingsPage ofProject(Browser browser, String query) {
        browser.open("job/demo/" + query);
        return new StagingsPage(browser);
    }

    static StagingsPage ofProject(Browser browser) {
        return ofProject(browser, "");
    }

    static StagingsPage ofAll(Browser browser) {
        browser.open("stagings/");
        return new StagingsPage(browser);
    }

    StagingsPage reload() {
        browser.driver().navigate().refresh();
        return new StagingsPage(browser);
    }

    /** Whether it is still the page that was opened, as it was opened. */
    boolean isSamePage() {
        return "this page".equals(browser.run("return window.octopodTest"));
    }

    List<String> names() {
        return texts("#octopod-current td[data-cell=name] a");
    }

    List<String> archivedNames() {
        return texts("#octopod-archived td[data-cell=name] a");
    }

    private List<String> texts(String css) {
        return browser.all(css).stream().map(WebElement::getText).toList();
    }

    boolean isShown(String column) {
        return browser.find("th[data-column=" + column + "]").isDisplayed();
    }

    boolean has(String name) {
        return browser.has(rowCss(name));
    }

    private static String rowCss(String name) {
        return "tr[data-id='demo/" + name + "']";
    }

    String cell(String name, String column) {
        return browser.find(rowCss(name) + " td[data-cell=" + column + "]").getText();
    }

    void awaitStatus(String name, String word) {
        browser.until(
                name + " to be " + word, () -> has(name) && cell(name, "status").contains(word));
    }

    /** What is found is marked. */
    StagingsPage search(String words) {
        WebElement field = browser.find("#octopod-search");
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        field.sendKeys(words);
        return this;
    }

    String searched() {
        return browser.find("#octopod-search").getDomProperty("value");
    }

    List<String> marks() {
        return texts("#octopod-board mark");
    }

    StagingsPage sortBy(String column) {
        browser.find("th[data-column=" + column + "] .octopod-sort").click();
        return this;
    }

    StagingsPage openArchived() {
        WebElement section = browser.visible("#octopod-archived");
        if (section.getDomAttribute("open") == null) {
            section.findElement(By.cssSelector("summary")).click();
        }
        browser.visible("#octopod-archived tbody tr");
        return this;
    }

    String archivedCount() {
        return browser.visible("#octopod-archived-count").getText();
    }

    StagingsPage select(String... names) {
        for (String name : names) {
            browser.find(rowCss(name) + " .octopod-stagings__select label").click();
        }
        return this;
    }

    /** With those that are selected. */
    Confirmation withSelected(String operation) {
        browser.visible("#octopod-selection [data-operation=" + operation + "]").click();
        return new Confirmation(browser);
    }

    WebElement menu(String name) {
        browser.find(rowCss(name) + " .octopod-menu-button").click();
        return browser.visible(".octopod-menu");
    }

    Confirmation choose(String name, String operation) {
        menu(name)
                .findElement(By.cssSelector("[data-operation=" + operation + "]"))
                .click();
        return new Confirmation(browser);
    }

    StagingDialog create() {
        browser.visible("#octopod-new, [data-octopod-opens-dialog]").click();
        return new StagingDialog(browser);
    }

    StagingDialog update(String name) {
        menu(name).findElement(By.cssSelector("[data-operation=update]")).click();
        return new StagingDialog(browser);
    }

    /** The notice that the page isn’t live; empty where it is. */
    String connection() {
        return browser.find("#octopod-connection").getText();
    }

    /** The dialog that asks before something is done. */
    record Confirmation(Browser browser) {

        Confirmation {
            browser.visible("dialog.octopod-confirm[open]");
        }

        String text() {
            return browser.find("dialog.octopod-confirm").getText();
        }

        Confirmation type(String words) {
            WebElement field = browser.visible("#octopod-confirm-typed");
            field.clear();
            field.sendKeys(words);
            return this;
        }

        boolean isPossible() {
            return ok().isEnabled();
        }

        private WebElement ok() {
            return browser.find("dialog.octopod-confirm [data-part=ok]");
        }

        /** Until it was taken in. */
        void confirm() {
            ok().click();
            browser.until("the dialog to be closed", () -> !browser.has("dialog.octopod-confirm"));
        }
    }
}
