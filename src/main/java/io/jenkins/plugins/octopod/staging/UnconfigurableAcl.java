package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.Permission;
import org.springframework.security.core.Authentication;

/** What people may do to a staging, but for configuring it past the rules of {@link StagingService}. */
final class UnconfigurableAcl extends ACL {

    private final ACL all;

    UnconfigurableAcl(ACL all) {
        this.all = all;
    }

    @Override
    public boolean hasPermission2(@NonNull Authentication authentication, @NonNull Permission permission) {
        boolean locked = permission == Item.CONFIGURE && !authentication.equals(ACL.SYSTEM2);
        return !locked && all.hasPermission2(authentication, permission);
    }
}
