package io.jenkins.plugins.octopod.permissions;

import io.jenkins.plugins.octopod.fixtures.Visitor;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One address, who may use it, and what it answers to those who may. To all others it answers with a
 * refusal, and does nothing.
 *
 * <p>In addresses, {@code {project}}, {@code {idle}} and {@code {busy}} are those of a project, of a staging with which
 * anything could be done now, and of one with which nothing can. {@code {staging}} is the idle one for those who are to be
 * refused, so that their request would have an effect; for those who may it is the busy one, whose refusal by the rules
 * shows that permissions weren’t in the way. {@code {build}} is a Pipeline’s that has deployed the idle one. {@code {name}} in what is sent is the name of that one.
 */
final class PermissionRow {

    final boolean post;
    final String url;
    String contentType = Visitor.FORM;
    String body = "";
    Set<Role> allowed = EnumSet.noneOf(Role.class);
    List<Integer> answers = List.of(200);
    int toGet = 405;
    int toReaders = 403;
    int toStrangers = 404;
    int toAnonymous = 403;
    String telling;
    boolean quiet;
    boolean personal;
    boolean changing;
    List<String> covers = List.of();

    private PermissionRow(boolean post, String url) {
        this.post = post;
        this.url = url;
    }

    static PermissionRow get(String url) {
        return new PermissionRow(false, url);
    }

    static PermissionRow post(String url) {
        return new PermissionRow(true, url);
    }

    PermissionRow form(String parameters) {
        body = parameters;
        return this;
    }

    PermissionRow sends(String type, String text) {
        contentType = type;
        body = text;
        return this;
    }

    PermissionRow allowsOnly(Role role) {
        return allows(EnumSet.of(role));
    }

    PermissionRow allows(Set<Role> roles) {
        allowed = roles;
        return this;
    }

    /** Its status codes for those who may: 200 where nothing is said. */
    PermissionRow answers(Integer... statusCodes) {
        answers = List.of(statusCodes);
        return this;
    }

    /** What it answers to a GET, where it is for a POST: 405 where nothing is said. */
    PermissionRow toGet(int statusCode) {
        toGet = statusCode;
        return this;
    }

    /** What those get who may read what it is about, but no more: 403 where nothing is said. */
    PermissionRow toReaders(int statusCode) {
        toReaders = statusCode;
        return this;
    }

    /** What those get who aren’t logged in, where they have to be: 403 where nothing is said. */
    PermissionRow toAnonymous(int statusCode) {
        toAnonymous = statusCode;
        return this;
    }

    /** It isn’t about a project, so nobody is told that there is none. */
    PermissionRow ofJenkins() {
        toStrangers = 403;
        return this;
    }

    /** Nobody but that very user, administrators neither. */
    PermissionRow personal() {
        personal = true;
        return this;
    }

    boolean allows(Role role) {
        return personal ? allowed.contains(role) : isAmong(role, allowed);
    }

    /** An administrator may what a project’s may. */
    static boolean isAmong(Role role, Set<Role> roles) {
        return roles.contains(role) || role == Role.ADMINISTRATOR && roles.contains(Role.PROJECT_ADMIN);
    }

    /** Its answer has that in it for those who may. */
    PermissionRow shows(String text) {
        telling = text;
        return this;
    }

    /** As the check of a field: others aren’t refused, but their answer lacks that. */
    PermissionRow tells(String text) {
        quiet = true;
        return shows(text);
    }

    /** Those who may change something by it, and no rule refuses that. */
    PermissionRow changes() {
        changing = true;
        return this;
    }

    /** The web methods of ours that answer. */
    PermissionRow covers(Class<?> type, String... methods) {
        covers = Stream.of(methods).map(method -> type.getName() + '#' + method).toList();
        return this;
    }

    HttpResponse<String> ask(Visitor visitor, String address, String staging) throws Exception {
        return post ? visitor.post(address, contentType, body.replace("{name}", staging)) : visitor.get(address);
    }

    /** The same, asked as by a link. */
    HttpResponse<String> askByGet(Visitor visitor, String address) throws Exception {
        String query = contentType.equals(Visitor.FORM) && !body.isEmpty() ? '?' + body : "";
        return visitor.get(address + query);
    }

    int refusal(Role role) {
        return switch (role) {
            case ANONYMOUS -> toAnonymous;
            case STRANGER -> toStrangers;
            default -> toReaders;
        };
    }

    @Override
    public String toString() {
        return (post ? "POST " : "GET ") + url;
    }
}
