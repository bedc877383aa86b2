package io.jenkins.plugins.octopod.project.access;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * Pattern of full names of jobs. {@code *} stands for any characters within one name, and {@code **} alone for any
 * number of names. All other characters stand for themselves. The time of a match is proportional to the product of the
 * lengths. General libraries use regular expressions, whose time can grow exponentially.
 */
final class JobPattern {

    private static final String ANY_NAMES = "**";

    private final String[] parts;

    JobPattern(@NonNull String pattern) {
        String relative = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        parts = relative.split("/", -1);
    }

    /** Returns whether the whole full name matches. */
    boolean matches(@NonNull String fullName) {
        String[] names = fullName.split("/", -1);
        // reached[i] is true if the parts so far match the first i names.
        boolean[] reached = new boolean[names.length + 1];
        reached[0] = true;
        for (String part : parts) {
            reached = next(part, names, reached);
        }
        return reached[names.length];
    }

    /**
     * Returns whether a job in the folder, or in a folder below it, can match.
     *
     * @param folder full name of the folder
     */
    boolean matchesSomeIn(@NonNull String folder) {
        String[] names = folder.split("/", -1);
        boolean[] reached = new boolean[names.length + 1];
        reached[0] = true;
        for (String part : parts) {
            // The remaining part can match the job’s name. An empty part matches no name.
            if (reached[names.length] && !part.isEmpty()) {
                return true;
            }
            reached = next(part, names, reached);
        }
        return reached[names.length] && parts[parts.length - 1].equals(ANY_NAMES);
    }

    private static boolean[] next(String part, String[] names, boolean[] reached) {
        boolean[] next = new boolean[names.length + 1];
        boolean any = part.equals(ANY_NAMES);
        next[0] = any && reached[0];
        for (int i = 1; i <= names.length; i++) {
            next[i] = any ? reached[i] || next[i - 1] : reached[i - 1] && isMatch(part, names[i - 1]);
        }
        return next;
    }

    /** Matches one name. Backtracking to the last asterisk is sufficient. */
    private static boolean isMatch(String part, String name) {
        int inPart = 0;
        int inName = 0;
        int asterisk = -1;
        int afterAsterisk = 0;
        while (inName < name.length()) {
            if (inPart < part.length() && part.charAt(inPart) == '*') {
                asterisk = inPart++;
                afterAsterisk = inName;
            } else if (inPart < part.length() && part.charAt(inPart) == name.charAt(inName)) {
                inPart++;
                inName++;
            } else if (asterisk >= 0) {
                inPart = asterisk + 1;
                inName = ++afterAsterisk;
            } else {
                return false;
            }
        }
        return part.substring(inPart).chars().allMatch(c -> c == '*');
    }
}
