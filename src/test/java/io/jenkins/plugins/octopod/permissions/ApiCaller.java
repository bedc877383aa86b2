package io.jenkins.plugins.octopod.permissions;

import hudson.model.User;
import io.jenkins.plugins.octopod.fixtures.OctoClient;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jvnet.hudson.test.JenkinsRule;

/** A role that calls an HTTP API in one of the ways to authenticate. */
final class ApiCaller {

    /** Way to authenticate a request. */
    enum Way {
        /** With an API token and without a session. */
        TOKEN,
        /** In a session, with a crumb. */
        CRUMB,
        /** In a session, without a crumb. */
        NO_CRUMB
    }

    final Role role;
    final Way way;
    private final JenkinsRule jenkins;
    private final Visitor session;
    private final String token;

    private ApiCaller(Role role, Way way, JenkinsRule jenkins, Visitor session, String token) {
        this.role = role;
        this.way = way;
        this.jenkins = jenkins;
        this.session = session;
        this.token = token;
    }

    /** Returns a caller for each way that the role has. An anonymous role has no token. */
    static List<ApiCaller> of(Role role, JenkinsRule jenkins) throws Exception {
        Visitor session = role.visit(jenkins);
        List<ApiCaller> callers = new ArrayList<>();
        if (!role.isAnonymous()) {
            String token = jenkins.createApiToken(User.getOrCreateByIdOrFullName(role.userId()));
            callers.add(new ApiCaller(role, Way.TOKEN, jenkins, session, OctoClient.basic(role.userId(), token)));
        }
        callers.add(new ApiCaller(role, Way.CRUMB, jenkins, session, null));
        callers.add(new ApiCaller(role, Way.NO_CRUMB, jenkins, session, null));
        return callers;
    }

    /**
     * Sends a request.
     *
     * @param body JSON; null for none
     */
    HttpResponse<String> send(String method, String url, String body) throws Exception {
        List<String> headers = new ArrayList<>();
        if (body != null) {
            headers.addAll(List.of("Content-Type", "application/json;charset=utf-8"));
        }
        if (way == Way.TOKEN) {
            headers.addAll(List.of("Authorization", token));
        }
        if (way == Way.CRUMB) {
            headers.addAll(Arrays.asList(Visitor.crumb()));
        }
        Visitor visitor = way == Way.TOKEN ? Visitor.anonymous(jenkins) : session;
        return visitor.send(method, url, body, headers.toArray(new String[0]));
    }

    @Override
    public String toString() {
        return role + " with " + way;
    }
}
