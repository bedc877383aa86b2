package io.jenkins.plugins.octopod.staging.extension;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import io.jenkins.plugins.octopod.staging.Staging;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Adds a section to pages of stagings, for code that knows nothing of pages. Its view {@code page.jelly} is rendered
 * once with the page, for what has to be there before any section: texts and scripts.
 */
@Restricted(NoExternalUse.class)
public abstract class StagingPageSection implements ExtensionPoint {

    /**
     * What it shows of that staging to the current user; null for nothing. Each open page asks for it about once a second, so
     * it answers from memory.
     */
    @CheckForNull
    public abstract Content of(@NonNull Staging staging);

    /**
     * What is shown, as it was at one moment. Its view {@code section.jelly} makes one {@code section} element, with a {@code
     * data-key} of its own.
     */
    public interface Content {

        /** Why the staging isn’t well, to be read first; null if there is nothing to say. */
        @CheckForNull
        String getSentence();

        /** Another number as soon as something is to be shown otherwise. */
        int fingerprint();
    }
}
