package io.jenkins.plugins.octopod.dashboard.feed;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.User;
import java.util.HashMap;
import java.util.Map;

/** Looks up whom ids belong to, each once; for one answer and one thread. */
final class People {

    private final Map<String, Person> known = new HashMap<>();

    /**
     * @param id of a user, or the name of a Pipeline’s run; null for nobody
     */
    @CheckForNull
    Person get(@CheckForNull String id) {
        return id == null ? null : known.computeIfAbsent(id, People::find);
    }

    private static Person find(String id) {
        User user = User.getById(id, false);
        return user == null ? new Person(id, id) : new Person(id, user.getDisplayName());
    }
}
