package io.jenkins.plugins.octopod.project.access;

/**
 * What is published of a project’s stagings as checks in pull requests. Each user who can read the repository can read
 * them, whatever permissions the user has in Jenkins.
 */
public enum PullRequestChecks {
    /** The result, the links and the reason of a failure, with the end of the log. */
    WITH_LOG,
    /** As {@link #WITH_LOG}, but no part of the log. */
    WITHOUT_LOG,
    NONE;

    public String getDisplayName() {
        return switch (this) {
            case WITH_LOG -> Messages.PullRequestChecks_withLog();
            case WITHOUT_LOG -> Messages.PullRequestChecks_withoutLog();
            case NONE -> Messages.PullRequestChecks_none();
        };
    }
}
