package io.jenkins.plugins.octopod.staging.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StagingMarkdownTest {

    @Test
    void nothingInANameMeansAnything() {
        assertEquals("orange-button 2.0", StagingMarkdown.text("orange-button 2.0"));
        assertEquals("a\\](javascript:x)\\[b", StagingMarkdown.text("a](javascript:x)[b"));
        assertEquals("\\<img\\> \\`x\\` \\\\", StagingMarkdown.text("<img>\n`x` \\"));
    }

    @Test
    void nothingAtTheBeginningStartsABlock() {
        assertEquals("\\# no such tag", StagingMarkdown.text("# no such tag"));
        assertEquals("\\- no such tag", StagingMarkdown.text("    - no such tag\n"));
        assertEquals("\\+ a", StagingMarkdown.text("+ a"));
        assertEquals("12\\. a", StagingMarkdown.text("12. a"));
        assertEquals("3\\)", StagingMarkdown.text("3)"));
        assertEquals("1.2 isn’t a tag - really #3", StagingMarkdown.text("1.2 isn’t a tag - really #3"));
    }

    @Test
    void nothingInAnAddressEndsIt() {
        assertEquals("https://[::1]:80/a?b=c&d", StagingMarkdown.address("https://[::1]:80/a?b=c&d"));
        assertEquals(
                "https://example.com/%28a%29%20%3Cb%3E%0A", StagingMarkdown.address("https://example.com/(a) <b>\n"));
    }
}
