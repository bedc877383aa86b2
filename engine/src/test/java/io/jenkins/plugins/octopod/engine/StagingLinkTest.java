package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagingLinkTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "https://orange-button.example.com/a?b=c#d",
                "HTTPS://EXAMPLE.COM",
                "hTtP://localhost:8080/",
                "http://under_score.example.com/",
                "http://[::1]:8080/",
                "http://grüße.example/",
            })
    void mayBeFollowed(String url) {
        assertTrue(new StagingLink("app", url).isSafe());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                " javascript:alert(1)",
                "java\nscript:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "vbscript:x",
                "file:///etc/passwd",
                "ftp://example.com",
                "ssh://example.com",
                "//example.com",
                "/relative",
                "relative",
                "example.com",
                "http:",
                "http://",
                "http:example.com",
                "http:///path",
                "https:/path",
                "http://a b",
                " http://example.com",
                "http://example.com/<script>",
                "http://example.com/\"onclick",
                "http\u0000://example.com",
            })
    void isShownAsText(String url) {
        assertFalse(new StagingLink("app", url).isSafe());
    }
}
