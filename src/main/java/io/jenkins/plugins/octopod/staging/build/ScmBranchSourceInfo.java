package io.jenkins.plugins.octopod.staging.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Job;
import hudson.model.Run;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.metadata.ObjectMetadataAction;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Asks the SCM API, which all branch sources implement. */
@OptionalExtension(requirePlugins = "scm-api")
@Restricted(NoExternalUse.class)
public final class ScmBranchSourceInfo extends BranchSourceInfo {

    @CheckForNull
    @Override
    protected Head headOf(@NonNull Job<?, ?> job) {
        SCMHead head = SCMHead.HeadByItem.findHead(job);
        if (head == null) {
            return null;
        }
        ObjectMetadataAction metadata = job.getAction(ObjectMetadataAction.class);
        String title = metadata == null ? null : Util.fixEmptyAndTrim(metadata.getObjectDisplayName());
        String url = metadata == null ? null : Util.fixEmptyAndTrim(metadata.getObjectUrl());
        return head instanceof ChangeRequestSCMHead request
                ? new Head(request.getId(), true, title, url)
                : new Head(head.getName(), false, title, url);
    }

    /** Returns the revision as text. Git’s branch sources begin it with the hash of the commit. */
    @CheckForNull
    @Override
    protected String commitOf(@NonNull Run<?, ?> build) {
        SCMSource source = SCMSource.SourceByItem.findSource(build.getParent());
        SCMRevision revision = source == null ? null : SCMRevisionAction.getRevision(source, build);
        return revision == null ? null : revision.toString();
    }
}
