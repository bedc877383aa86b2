package io.jenkins.plugins.octopod.permissions;

import hudson.model.Item;
import hudson.model.Run;
import hudson.model.View;
import hudson.security.Permission;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Somebody, by what they may do. */
enum Role {
    /** Not logged in, where one has to be. */
    ANONYMOUS,
    /** Not logged in, where everybody may read. */
    ANONYMOUS_READER(Jenkins.READ, Item.READ),
    /** Knows of Jenkins, but of nothing in it. */
    STRANGER(Jenkins.READ),
    READER(Jenkins.READ, Item.READ),
    LOG_READER(Jenkins.READ, Item.READ, StagingPermissions.LOG),
    DEPLOYER(Jenkins.READ, Item.READ, Item.BUILD),
    CREATOR(Jenkins.READ, Item.READ, Item.CREATE),
    CANCELLER(Jenkins.READ, Item.READ, Item.CANCEL),
    CLEANER(Jenkins.READ, Item.READ, Item.DELETE),
    /** May do all that can be permitted for a project, but is no administrator of Jenkins. */
    PROJECT_ADMIN(
            Jenkins.READ,
            Item.READ,
            Item.BUILD,
            Item.CREATE,
            Item.CANCEL,
            Item.DELETE,
            Item.CONFIGURE,
            Item.WORKSPACE,
            View.READ,
            View.CREATE,
            View.CONFIGURE,
            View.DELETE,
            Run.DELETE,
            Run.UPDATE),
    ADMINISTRATOR(Jenkins.ADMINISTER);

    /** Those who see that there are a project and stagings. */
    static final Set<Role> READERS = EnumSet.complementOf(EnumSet.of(ANONYMOUS, STRANGER));

    /** Those of them who are logged in. */
    static final Set<Role> READING_USERS = EnumSet.complementOf(EnumSet.of(ANONYMOUS, ANONYMOUS_READER, STRANGER));

    static final Set<Role> LOG_READERS = EnumSet.of(LOG_READER, DEPLOYER, PROJECT_ADMIN);
    static final Set<Role> DEPLOYERS = EnumSet.of(DEPLOYER, PROJECT_ADMIN);
    static final Set<Role> CREATORS = EnumSet.of(CREATOR, PROJECT_ADMIN);
    static final Set<Role> CANCELLERS = EnumSet.of(CANCELLER, PROJECT_ADMIN);
    static final Set<Role> CLEANERS = EnumSet.of(CLEANER, PROJECT_ADMIN);

    /** All who may use Jenkins at all. */
    static final Set<Role> USERS = EnumSet.complementOf(EnumSet.of(ANONYMOUS));

    private final Permission[] permissions;

    Role(Permission... permissions) {
        this.permissions = permissions;
    }

    /** Whether this role sees that there are a project and stagings. */
    boolean isReader() {
        return READERS.contains(this);
    }

    boolean isAnonymous() {
        return this == ANONYMOUS || this == ANONYMOUS_READER;
    }

    /** Makes Jenkins one where this role has what it has, and gives somebody who has it. */
    Visitor visit(JenkinsRule jenkins) throws Exception {
        MockAuthorizationStrategy strategy = new MockAuthorizationStrategy();
        for (Role role : values()) {
            if (!role.isAnonymous()) {
                strategy.grant(role.permissions).everywhere().to(role.userId());
            }
        }
        if (this == ANONYMOUS_READER) {
            strategy.grant(permissions).everywhere().to("anonymous");
        }
        jenkins.jenkins.setAuthorizationStrategy(strategy);
        return isAnonymous() ? Visitor.anonymous(jenkins) : Visitor.loggedIn(jenkins, userId());
    }

    /** Its permissions by name, for readers. */
    String permissionNames() {
        return permissions.length == 0
                ? "nothing"
                : Arrays.stream(permissions)
                        .map(permission -> permission.group.title + "/" + permission.name)
                        .collect(Collectors.joining(", "));
    }

    String userId() {
        return name().toLowerCase(Locale.ROOT);
    }
}
