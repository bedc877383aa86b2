package io.jenkins.plugins.octopod.engine;

import java.util.Locale;

/** The control scripts of the contract (Octopod 1.x). */
public enum ControlScript {
    CREATE(Arguments.LIFECYCLE, true),
    UPDATE(Arguments.LIFECYCLE, true),
    ARCHIVE(Arguments.LIFECYCLE, true),
    UNARCHIVE(Arguments.LIFECYCLE, false),
    CHECK(Arguments.LIFECYCLE, true),
    CLEANUP(Arguments.LIFECYCLE, true),
    ARCHIVE_CHECK(Arguments.LIFECYCLE, true),
    CONFIG_CHECK(Arguments.LIFECYCLE, false),
    INFO(Arguments.LIFECYCLE, false),
    INIT(Arguments.NONE, false),
    NOTIFICATIONS(Arguments.STATUS_CHANGE, false),
    DEPLOYMENT_CONFIG(Arguments.PROJECT, false),
    DEPLOYMENT_CONFIG_KEYS(Arguments.PROJECT, false),
    APPLICATION_CONFIG(Arguments.DEPLOYMENT, false),
    APPLICATION_CONFIG_KEYS(Arguments.DEPLOYMENT, false);

    /** Which of the contract's argument lists a script gets; {@link ScriptArguments} makes them. */
    public enum Arguments {
        NONE,
        /** {@code --project-name --base-domain --namespace}. */
        PROJECT,
        /** The project's, then the deployment configuration. */
        DEPLOYMENT,
        /** The project's, {@code --name}, then application and deployment configuration. */
        LIFECYCLE,
        /** The project's, {@code --name}, then {@code --old-status --new-status}. */
        STATUS_CHANGE
    }

    private final Arguments arguments;
    private final boolean required;

    ControlScript(Arguments arguments, boolean required) {
        this.arguments = arguments;
        this.required = required;
    }

    /** The name of the file in the directory of control scripts. */
    public String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Arguments arguments() {
        return arguments;
    }

    /** Whether a directory without it isn't a directory of control scripts. */
    public boolean isRequired() {
        return required;
    }

    /** The script that is run where this one is missing; null if then nothing is. */
    public ControlScript fallback() {
        return this == UNARCHIVE ? CREATE : null;
    }

    @Override
    public String toString() {
        return fileName();
    }
}
