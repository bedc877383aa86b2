package io.jenkins.plugins.octopod.staging.extension;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import io.jenkins.plugins.octopod.staging.Staging;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Adds a section to pages of stagings, for code that doesn’t depend on pages. Its view {@code page.jelly} is rendered
 * once with the page, and contains texts and scripts that all sections need.
 */
@Restricted(NoExternalUse.class)
public abstract class StagingPageSection implements ExtensionPoint {

    /**
     * Returns what the section shows about a staging to the current user; null for nothing. Each open page calls this
     * about once a second, so it must use only memory.
     */
    @CheckForNull
    public abstract Content of(@NonNull Staging staging);

    /**
     * Content of the section at one moment. Its view {@code section.jelly} renders one {@code section} element, with a
     * {@code data-key} of its own.
     */
    public interface Content {

        /** Returns why the staging has a problem, as a sentence at the top of the page; null if there is none. */
        @CheckForNull
        String getSentence();

        /** Returns a number that changes whenever the content must be shown differently. */
        int fingerprint();
    }
}
