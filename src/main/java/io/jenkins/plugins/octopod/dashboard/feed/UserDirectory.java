package io.jenkins.plugins.octopod.dashboard.feed;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.User;
import java.util.HashMap;
import java.util.Map;

/** Looks up each user once by id. Each response has its own instance. Not thread-safe. */
final class UserDirectory {

    private final Map<String, UserView> known = new HashMap<>();

    /**
     * Returns the user or build; null if there is none.
     *
     * @param id id of a user, or name of a build; null for none
     */
    @CheckForNull
    UserView get(@CheckForNull String id) {
        return id == null ? null : known.computeIfAbsent(id, UserDirectory::find);
    }

    private static UserView find(String id) {
        User user = User.getById(id, false);
        return user == null ? new UserView(id, id) : new UserView(id, user.getDisplayName());
    }
}
