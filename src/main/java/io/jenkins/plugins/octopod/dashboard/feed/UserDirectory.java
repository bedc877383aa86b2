package io.jenkins.plugins.octopod.dashboard.feed;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.User;
import java.util.HashMap;
import java.util.Map;

/** Looks up users by id, each of them once. An instance is used for a single response, by a single thread. */
final class UserDirectory {

    private final Map<String, UserView> known = new HashMap<>();

    /**
     * Returns the user.
     *
     * @param id id of a user, or name of a Pipeline’s run; null for none
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
