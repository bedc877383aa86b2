package io.jenkins.plugins.octopod.compatibility;

import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;

/** What the writer of the stored home does again and again. */
final class StoredHomeActions {

    private StoredHomeActions() {}

    static Map<String, String> override(String key, String value) {
        return Map.of("key", key, "value", value);
    }

    static Staging staging(String fullName) {
        return Jenkins.get().getItemByFullName(fullName, Staging.class);
    }

    /** Waits until the staging has that status and no action is going on. */
    static void free(String fullName, String status) throws Exception {
        try {
            TestProject.await(fullName + " to be " + status, () -> {
                Staging staging = staging(fullName);
                boolean free = staging != null
                        && !staging.isBusy()
                        && (staging.getLastBuild() == null
                                || !staging.getLastBuild().isBuilding());
                return free && staging.getStatus().name().equals(status) ? staging : null;
            });
        } catch (AssertionError e) {
            Staging staging = staging(fullName);
            throw new AssertionError(
                    e.getMessage() + ", it is "
                            + (staging == null
                                    ? "gone"
                                    : staging.getStatus() + " " + JenkinsRule.getLog(staging.getLastBuild())),
                    e);
        }
    }

    /** Does at once what the plugin does every minute. */
    static void work() {
        for (PeriodicWork work : ExtensionList.lookup(PeriodicWork.class)) {
            if (work.getClass().getName().startsWith("io.jenkins.plugins.octopod.")) {
                work.run();
            }
        }
    }
}
