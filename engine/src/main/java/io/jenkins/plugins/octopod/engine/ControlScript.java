package io.jenkins.plugins.octopod.engine;

import java.util.Locale;

/** The control scripts of the contract: those of Octopod 1.x, and {@link #TAGS}. */
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
    APPLICATION_CONFIG_KEYS(Arguments.DEPLOYMENT, false),
    /** Prints the tags that can be deployed. Unknown to Octopod 1.x. */
    TAGS(Arguments.PROJECT, false);

    /** Argument list of a script, according to the contract. {@link ScriptArguments} creates the lists. */
    public enum Arguments {
        NONE,
        /** {@code --project-name --base-domain --namespace}. */
        PROJECT,
        /** The arguments of {@link #PROJECT}, then the deployment configuration. */
        DEPLOYMENT,
        /** The arguments of {@link #PROJECT}, {@code --name}, then application and deployment configuration. */
        LIFECYCLE,
        /** The arguments of {@link #PROJECT}, {@code --name}, then {@code --old-status --new-status}. */
        STATUS_CHANGE
    }

    private final Arguments arguments;
    private final boolean required;

    ControlScript(Arguments arguments, boolean required) {
        this.arguments = arguments;
        this.required = required;
    }

    /** Returns the name of the script's file in the directory of control scripts. */
    public String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Arguments arguments() {
        return arguments;
    }

    /** Returns whether every directory of control scripts must contain the script. */
    public boolean isRequired() {
        return required;
    }

    /** Returns the script that runs if this one is missing; null if none does. */
    public ControlScript fallback() {
        return this == UNARCHIVE ? CREATE : null;
    }

    @Override
    public String toString() {
        return fileName();
    }
}
