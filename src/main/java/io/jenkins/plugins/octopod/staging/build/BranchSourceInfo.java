package io.jenkins.plugins.octopod.staging.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Job;
import hudson.model.Run;
import java.util.Objects;
import java.util.function.Function;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What branch sources say about jobs and builds. Without an optional plugin there is no implementation, and nothing is
 * known.
 */
@Restricted(NoExternalUse.class)
public abstract class BranchSourceInfo implements ExtensionPoint {

    /**
     * A branch or pull request.
     *
     * @param name name of the branch, or id of the pull request
     * @param pullRequest whether it is a pull request (change request)
     * @param title title of the pull request; null if unknown
     * @param url address of its page at the branch source, possibly unsafe; null if unknown
     */
    public record Head(
            String name,
            boolean pullRequest,
            @CheckForNull String title,
            @CheckForNull String url) {}

    /** Returns the branch or pull request of a job; null if the job belongs to neither. Reads no file. */
    @CheckForNull
    public static Head head(Job<?, ?> job) {
        return first(info -> info.headOf(job));
    }

    /** Returns the revision that a build is made from; null if unknown. */
    @CheckForNull
    public static String commit(Run<?, ?> build) {
        return first(info -> info.commitOf(build));
    }

    @CheckForNull
    private static <T> T first(Function<BranchSourceInfo, T> question) {
        return ExtensionList.lookup(BranchSourceInfo.class).stream()
                .map(question)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @CheckForNull
    protected abstract Head headOf(@NonNull Job<?, ?> job);

    @CheckForNull
    protected abstract String commitOf(@NonNull Run<?, ?> build);
}
