package io.jenkins.plugins.octopod.api.v2.http;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiResponse;
import java.util.Arrays;
import java.util.Collections;

/** Preferences of a client, see RFC 7240. Unknown preferences are ignored. */
@ModuleInternal
public final class Preferences {

    private static final String HEADER = "Prefer";
    private static final String APPLIED = "Preference-Applied";
    private static final String RESPOND_ASYNC = "respond-async";

    private Preferences() {}

    /** Returns whether an operation should wait for its turn, instead of being refused, while its staging is busy. */
    public static boolean isWaiting(V2Request request) {
        return Collections.list(request.servlet().getHeaders(HEADER)).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(preference -> preference.split("[;=]", 2)[0].strip())
                .anyMatch(RESPOND_ASYNC::equalsIgnoreCase);
    }

    /** Adds to the response that the preference was followed, if the request has one. */
    public static ApiResponse applied(V2Request request, ApiResponse response) {
        return isWaiting(request) ? response.with(APPLIED, RESPOND_ASYNC) : response;
    }
}
