package io.jenkins.plugins.octopod.dashboard.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PullRequestMarkdownTest {

    @Test
    void nothingInANameMeansAnything() {
        assertEquals("orange-button 2.0", PullRequestMarkdown.text("orange-button 2.0"));
        assertEquals("a\\](javascript:x)\\[b", PullRequestMarkdown.text("a](javascript:x)[b"));
        assertEquals("\\<img\\> \\`x\\` \\\\", PullRequestMarkdown.text("<img>\n`x` \\"));
    }

    @Test
    void nothingInAnAddressEndsIt() {
        assertEquals("https://[::1]:80/a?b=c&d", PullRequestMarkdown.address("https://[::1]:80/a?b=c&d"));
        assertEquals(
                "https://example.com/%28a%29%20%3Cb%3E%0A",
                PullRequestMarkdown.address("https://example.com/(a) <b>\n"));
    }
}
