package io.jenkins.plugins.octopod.dashboard.open;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import jenkins.security.LastGrantedAuthoritiesProperty;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

/** Finds the user whom to ask for the restoration of a staging. */
final class RestoreContact {

    private RestoreContact() {}

    /**
     * Returns the last user who has changed or else created the staging. Null if both were builds, the current user,
     * users who no longer exist, or users without the permission to restore the staging.
     */
    @CheckForNull
    static User find(Staging staging) {
        User viewer = User.current();
        return Stream.of(staging.getChangedBy(), staging.getCreatedBy())
                .filter(Objects::nonNull)
                // A build has the form of an id, but isn’t a user.
                .map(id -> User.getById(id, false))
                .filter(user -> user != null && !user.equals(viewer))
                .filter(user -> isPermitted(staging, user))
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns whether the user has the permission with the groups of the last login. The groups of today are known only
     * to the security realm, which might ask a directory server.
     */
    private static boolean isPermitted(Staging staging, User user) {
        LastGrantedAuthoritiesProperty granted = user.getProperty(LastGrantedAuthoritiesProperty.class);
        Collection<? extends GrantedAuthority> groups =
                granted == null ? List.of(SecurityRealm.AUTHENTICATED_AUTHORITY2) : granted.getAuthorities2();
        return staging.getACL()
                .hasPermission2(new UsernamePasswordAuthenticationToken(user.getId(), "", groups), Item.BUILD);
    }
}
