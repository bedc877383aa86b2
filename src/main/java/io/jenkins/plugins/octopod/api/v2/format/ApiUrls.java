package io.jenkins.plugins.octopod.api.v2.format;

import hudson.Util;
import io.jenkins.plugins.octopod.staging.Staging;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.kohsuke.stapler.Stapler;

/**
 * URLs of the API’s resources and of Jenkins’ pages. URLs in responses start with a slash, and are valid for every host
 * name of Jenkins.
 *
 * <p>The URL of a project contains its full name, with {@code :} instead of {@code /}. The name is a single path
 * segment that way, and the replacement is unambiguous because item names can’t contain a colon.
 */
public final class ApiUrls {

    /** Name of the API below {@code stagings/}. */
    public static final String URL_NAME = "api";

    public static final String VERSION = "v2";

    private static final String BELOW_JENKINS = "stagings/" + URL_NAME + '/' + VERSION + '/';

    private static final Pattern API = Pattern.compile("/+stagings/+" + URL_NAME + "(?:/.*)?");

    private ApiUrls() {}

    /** Returns whether the request’s URL is below {@code stagings/api}. */
    public static boolean isOf(HttpServletRequest request) {
        return API.matcher(request.getRequestURI()
                        .substring(request.getContextPath().length()))
                .matches();
    }

    /**
     * Returns the URL of a resource.
     *
     * @param path path below the version
     */
    public static String of(String path) {
        return page(BELOW_JENKINS + path);
    }

    /**
     * Returns the URL of a page.
     *
     * @param url URL relative to Jenkins’ root, as core returns it for items and runs
     */
    public static String page(String url) {
        return Stapler.getCurrentRequest2().getContextPath() + '/' + url;
    }

    /** Returns the id of a project in URLs, before encoding. */
    public static String projectId(String fullName) {
        return fullName.replace('/', ':');
    }

    /**
     * Returns the full name of a project.
     *
     * @param id decoded id
     */
    public static String fullName(String id) {
        return id.replace(':', '/');
    }

    /** Returns the path of a project’s stagings, below the version. */
    public static String relativeStagings(String projectFullName) {
        return "projects/" + encoded(projectFullName) + "/stagings";
    }

    public static String project(String fullName) {
        return of("projects/" + encoded(fullName));
    }

    public static String stagings(String projectFullName) {
        return of(relativeStagings(projectFullName));
    }

    public static String staging(Staging staging) {
        return staging(staging.getParent().getFullName(), staging.getName());
    }

    public static String staging(String projectFullName, String name) {
        return stagings(projectFullName) + '/' + name;
    }

    public static String operation(String projectFullName, String name, String id) {
        return staging(projectFullName, name) + "/operations/" + id;
    }

    private static String encoded(String fullName) {
        return Util.rawEncode(fullName).replace("%2F", ":");
    }
}
