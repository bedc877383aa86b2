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

    /** Below {@code stagings/}. */
    public static final String URL_NAME = "api";

    public static final String VERSION = "v2";

    private static final String BELOW_JENKINS = "stagings/" + URL_NAME + '/' + VERSION + '/';

    private static final Pattern API = Pattern.compile("/+stagings/+" + URL_NAME + "(?:/.*)?");

    private ApiUrls() {}

    /** Whether it is below {@code stagings/api}, whatever else there is of it. */
    public static boolean isOf(HttpServletRequest request) {
        return API.matcher(request.getRequestURI()
                        .substring(request.getContextPath().length()))
                .matches();
    }

    /** @param path below the version */
    public static String of(String path) {
        return page(BELOW_JENKINS + path);
    }

    /** @param url from the root of Jenkins, as core has it of items and runs */
    public static String page(String url) {
        return Stapler.getCurrentRequest2().getContextPath() + '/' + url;
    }

    /** How a project is called in addresses, before anything is encoded. */
    public static String projectId(String fullName) {
        return fullName.replace('/', ':');
    }

    /** @param id which is not encoded any more */
    public static String fullName(String id) {
        return id.replace(':', '/');
    }

    /** The address of a project’s stagings, below the version. */
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
