package io.jenkins.plugins.octopod.pipeline.turn;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Objects;
import jenkins.model.CauseOfInterruption;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Cause of interruption: a newer build of the job waits for the same staging. It is stored with the build, and by
 * Pipeline with its nodes, under the name of this class, so the class must keep its name and package.
 */
@Restricted(NoExternalUse.class)
public final class SupersededCause extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String build;
    private final String url;
    private final String staging;

    SupersededCause(Run<?, ?> newer, String staging) {
        this.build = newer.getFullDisplayName();
        this.url = newer.getUrl();
        this.staging = staging;
    }

    /** Returns the display name of the newer build. */
    public String getBuild() {
        return build;
    }

    /** Returns the URL of the newer build, relative to Jenkins’ root. */
    public String getUrl() {
        return url;
    }

    @Override
    public String getShortDescription() {
        return Messages.SupersededCause_description(build, staging);
    }

    @Override
    public void print(TaskListener listener) {
        listener.getLogger()
                .println(Messages.SupersededCause_description(ModelHyperlinkNote.encodeTo('/' + url, build), staging));
    }

    @Override
    public boolean equals(@CheckForNull Object other) {
        return other instanceof SupersededCause that && url.equals(that.url) && staging.equals(that.staging);
    }

    @Override
    public int hashCode() {
        return Objects.hash(url, staging);
    }
}
