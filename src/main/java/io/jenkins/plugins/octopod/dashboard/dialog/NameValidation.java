package io.jenkins.plugins.octopod.dashboard.dialog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.request.StagingService;

/**
 * Availability of a name for a new staging.
 *
 * @param state state of the name
 * @param name trimmed name that would be used
 * @param sentence problem with the name, or {@code null} if there is none
 * @param host host name of the staging, or {@code null} if the name isn’t available, or the project has no domain
 * @param suggestion available name to use instead, or {@code null} if there is none
 */
record NameValidation(
        State state,
        String name,
        @CheckForNull String sentence,
        @CheckForNull String host,
        @CheckForNull String suggestion) {

    /** State of a name. */
    enum State {
        EMPTY,
        WRONG,
        TAKEN,
        FINE
    }

    /** Limit in characters of the text that is checked. */
    private static final int MAX_LENGTH = 500;

    static NameValidation of(OctopodProject project, @CheckForNull String typed) {
        String name = Util.fixNull(typed).trim();
        // A longer text isn’t a valid name, and isn’t sent back.
        name = name.substring(0, Math.min(name.length(), MAX_LENGTH));
        if (name.isEmpty()) {
            return new NameValidation(State.EMPTY, name, null, null, null);
        }
        int longest = project.getMaxNameLength();
        try {
            StagingName.of(name, longest);
        } catch (RefusalException e) {
            String suggestion = StagingName.nearest(name, longest)
                    .map(StagingName::value)
                    .filter(nearest -> project.childOrNull(nearest) == null)
                    .orElse(null);
            return new NameValidation(State.WRONG, name, e.getMessage(), null, suggestion);
        }
        if (project.childOrNull(name) != null) {
            return new NameValidation(State.TAKEN, name, taken(project, name), null, null);
        }
        return new NameValidation(State.FINE, name, null, host(project, name), null);
    }

    @CheckForNull
    static String host(OctopodProject project, String name) {
        String domain = project.getBaseDomain();
        return domain == null ? null : name + '.' + domain;
    }

    private static String taken(OctopodProject project, String name) {
        return StagingService.find(project, name).isPresent()
                ? Messages.NameValidation_taken(name)
                : Messages.NameValidation_takenByHidden(name);
    }
}
