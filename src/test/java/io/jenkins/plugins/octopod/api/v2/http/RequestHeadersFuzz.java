package io.jenkins.plugins.octopod.api.v2.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.fixtures.PlainRequest;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import io.jenkins.plugins.octopod.staging.journal.ChangeVersion;
import io.jenkins.plugins.octopod.staging.overrides.OverridesVersion;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Conditions and preferences of a request are understood or passed over, and never make an answer fail. */
public final class RequestHeadersFuzz {

    private static final String TAG = "\"0123456789abcdef\"";

    private RequestHeadersFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws ApiException {
        List<String> texts = new FuzzInput(input).texts(2);
        String header = texts.get(0);
        V2Request request = new V2Request(
                "x", List.of(), PlainRequest.of(Map.of("If-None-Match", header, "Prefer", texts.get(1)), Map.of()));
        boolean[] rendered = new boolean[1];
        ApiResponse response = ConditionalRequests.conditional(request, TAG, () -> {
            rendered[0] = true;
            return answer -> {};
        });
        assertNotNull(response);
        boolean named = header.contains(TAG) || header.strip().equals("*");
        assertTrue(named || rendered[0], "only a client that names the tag is told that it has it");
        assertTrue(!Preferences.isWaiting(request) || texts.get(1).toLowerCase().contains("respond-async"));
        assertVersionReadsBack(header);
        assertExpectedVersion(header);
    }

    private static void assertExpectedVersion(String header) {
        OverridesVersion expected;
        try {
            expected = ConditionalRequests.expectedVersion(header, () -> TAG);
        } catch (ApiException e) {
            Sentences.assertOneLine(e.getMessage());
            return;
        }
        if (expected == null) {
            assertEquals("*", header.strip(), "only a client that takes any version sets no condition");
        } else if (TAG.equals('"' + expected.version() + '"')) {
            assertTrue(Pattern.compile("(?<!W/)" + TAG).matcher(header).find(), "only a strong tag is a version");
        }
    }

    private static void assertVersionReadsBack(String text) {
        ChangeVersion version = ChangeVersion.parse(text);
        if (version != null) {
            assertEquals(version, ChangeVersion.parse('"' + version.toString() + '"'));
        } else {
            assertNull(ChangeVersion.parse("W/\"" + text.replace("\"", "").replaceFirst("^W/", "") + '"'));
        }
    }
}
