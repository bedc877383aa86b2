package io.jenkins.plugins.octopod.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.pipeline.value.StagingStepResult;
import io.jenkins.plugins.octopod.staging.Staging;
import java.io.Serializable;
import java.util.Map;
import jenkins.model.Jenkins;

/** Reference to a staging that remains valid after a restart of Jenkins, and after its project was moved. */
final class StagingReference implements Serializable {

    private static final long serialVersionUID = 1L;

    @NonNull
    private String fullName;

    private transient Staging staging;

    StagingReference(Staging staging) {
        this.staging = staging;
        this.fullName = staging.getFullName();
    }

    /**
     * Creates a reference from its stored form.
     *
     * @param fullName full name of the staging when it was stored
     */
    StagingReference(String fullName) {
        this.fullName = fullName;
    }

    /** Returns the current instance of the staging, which might have been moved or reloaded; null if it was deleted. */
    @CheckForNull
    synchronized Staging find() {
        if (staging != null && staging.getParent().childOrNull(staging.getName()) == staging) {
            fullName = staging.getFullName();
            return staging;
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            staging = Jenkins.get().getItemByFullName(fullName, Staging.class);
            return staging;
        }
    }

    /** Returns the step’s value after the staging was deleted. */
    synchronized Map<String, Object> absent() {
        int slash = fullName.lastIndexOf('/');
        return StagingStepResult.absent(fullName.substring(0, slash), fullName.substring(slash + 1));
    }

    @Override
    public synchronized String toString() {
        return fullName;
    }
}
