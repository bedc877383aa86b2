/**
 * The pages in a real browser: Chromium, driven through WebDriver. Tests are annotated with {@link
 * io.jenkins.plugins.octopod.browser.BrowserTest}; where no browser is found they are skipped. What they do is said in the
 * words of the classes of pages and dialogs; how that is found in HTML is theirs.
 *
 * <p>A page with an error in its console, as every violation of Jenkins’ content security policy is, fails its test.
 */
package io.jenkins.plugins.octopod.browser;
