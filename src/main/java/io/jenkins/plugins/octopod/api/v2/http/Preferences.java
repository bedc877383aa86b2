package io.jenkins.plugins.octopod.api.v2.http;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiResponse;
import java.util.Arrays;
import java.util.Collections;

/** What a client prefers, see RFC 7240. Preferences that aren’t known are ignored. */
@ModuleInternal
public final class Preferences {

    private static final String HEADER = "Prefer";
    private static final String APPLIED = "Preference-Applied";
    private static final String RESPOND_ASYNC = "respond-async";

    private Preferences() {}

    /** Whether an operation is to wait for its turn, rather than be refused, while something else is at work on its staging. */
    public static boolean isWaiting(V2Request request) {
        return Collections.list(request.servlet().getHeaders(HEADER)).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(preference -> preference.split("[;=]", 2)[0].strip())
                .anyMatch(RESPOND_ASYNC::equalsIgnoreCase);
    }

    /** Says in the response that the preference was followed, if the request has one. */
    public static ApiResponse applied(V2Request request, ApiResponse response) {
        return isWaiting(request) ? response.with(APPLIED, RESPOND_ASYNC) : response;
    }
}
