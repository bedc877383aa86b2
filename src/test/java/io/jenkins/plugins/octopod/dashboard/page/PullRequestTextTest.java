package io.jenkins.plugins.octopod.dashboard.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PullRequestTextTest {

    @Test
    void nothingInANameMeansAnything() {
        assertEquals("orange-button 2.0", PullRequestText.text("orange-button 2.0"));
        assertEquals("a\\](javascript:x)\\[b", PullRequestText.text("a](javascript:x)[b"));
        assertEquals("\\<img\\> \\`x\\` \\\\", PullRequestText.text("<img>\n`x` \\"));
    }

    @Test
    void nothingInAnAddressEndsIt() {
        assertEquals("https://[::1]:80/a?b=c&d", PullRequestText.address("https://[::1]:80/a?b=c&d"));
        assertEquals(
                "https://example.com/%28a%29%20%3Cb%3E%0A", PullRequestText.address("https://example.com/(a) <b>\n"));
    }
}
