package io.jenkins.plugins.octopod.pipeline.pullrequest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;

/** A check of a deployment that might change: which build it belongs to, and what was last published. Immutable. */
final class PublishedCheck {

    private final String requestId;
    private final String build;
    private final String name;

    @CheckForNull
    private final CheckPhase phase;

    private final int variant;

    PublishedCheck(String requestId, String build, String name, @CheckForNull CheckPhase phase, int variant) {
        this.requestId = requestId;
        this.build = build;
        this.name = name;
        this.phase = phase;
        this.variant = variant;
    }

    /**
     * Returns a check that isn’t published yet.
     *
     * @param name name of the check, which stays even if the project is renamed
     */
    static PublishedCheck of(String requestId, Run<?, ?> build, String name) {
        return new PublishedCheck(requestId, build.getExternalizableId(), name, null, 0);
    }

    PublishedCheck with(CheckContent content) {
        return new PublishedCheck(requestId, build, name, content.phase(), content.variant());
    }

    String requestId() {
        return requestId;
    }

    /** Returns the build; null if it was deleted. */
    @CheckForNull
    Run<?, ?> build() {
        return Run.fromExternalizableId(build);
    }

    /** Returns the id of the build. */
    String buildId() {
        return build;
    }

    boolean isOfBuild(String buildId) {
        return build.equals(buildId);
    }

    String name() {
        return name;
    }

    /** Returns what was last published; null for nothing. */
    @CheckForNull
    CheckPhase phase() {
        return phase;
    }

    boolean shows(CheckContent content) {
        return phase == content.phase() && variant == content.variant();
    }

    /** Returns whether everything is there, because a file might have been edited. */
    boolean isComplete() {
        return requestId != null && build != null && name != null;
    }
}
