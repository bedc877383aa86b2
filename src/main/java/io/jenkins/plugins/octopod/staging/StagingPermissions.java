package io.jenkins.plugins.octopod.staging;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import java.util.Objects;

/**
 * Permissions without a counterpart in Jenkins. Everything else about stagings is decided by the permissions of jobs
 * and runs.
 */
public final class StagingPermissions {

    public static final PermissionGroup GROUP =
            new PermissionGroup(StagingPermissions.class, Messages._StagingPermissions_group());

    /**
     * Permission to read the output of control scripts. It is separate from {@link Item#READ}, because the output might
     * contain more than every user who looks for a link should see. {@link Item#BUILD} implies it.
     */
    public static final Permission LOG =
            new Permission(GROUP, "Log", Messages._StagingPermissions_log(), Item.BUILD, PermissionScope.RUN);

    private StagingPermissions() {}

    /** Registers the permissions before those of users are read. Initializing this class is sufficient. */
    @Initializer(after = InitMilestone.PLUGINS_STARTED, before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void register() {
        Objects.requireNonNull(LOG);
    }
}
