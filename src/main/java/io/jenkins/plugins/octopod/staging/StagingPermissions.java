package io.jenkins.plugins.octopod.staging;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import java.util.Objects;

/** The permissions that Jenkins has no like of; all else about stagings is decided by those of jobs and runs. */
public final class StagingPermissions {

    public static final PermissionGroup GROUP =
            new PermissionGroup(StagingPermissions.class, Messages._StagingPermissions_group());

    /**
     * To read what control scripts print. Apart from {@link Item#READ}, as that may be more than everybody should see who
     * looks for a link; whoever may deploy has it.
     */
    public static final Permission LOG =
            new Permission(GROUP, "Log", Messages._StagingPermissions_log(), Item.BUILD, PermissionScope.RUN);

    private StagingPermissions() {}

    /** Makes them known before anybody’s permissions are read: that this class is initialized is enough. */
    @Initializer(after = InitMilestone.PLUGINS_STARTED, before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void register() {
        Objects.requireNonNull(LOG);
    }
}
