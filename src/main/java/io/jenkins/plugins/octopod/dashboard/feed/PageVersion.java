package io.jenkins.plugins.octopod.dashboard.feed;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.journal.ChangeJournal;
import io.jenkins.plugins.octopod.staging.journal.ChangeVersion;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;

/**
 * Version (ETag) of a staging’s open page. It advances with every response, including unchanged ones, so that the next
 * request scans only the journal’s changes of the last second.
 *
 * @param feed version of all stagings
 * @param fingerprint hash of the page’s content that changes without a change event of the staging
 */
public record PageVersion(ChangeVersion feed, int fingerprint) {

    /** Returns the version for the current user. Must be called before the content is read. */
    public static PageVersion now(int fingerprint) {
        return new PageVersion(ChangeVersion.now(Jenkins.getAuthentication2()), fingerprint);
    }

    /** Returns a copy with a fingerprint of the content. */
    public PageVersion with(int newFingerprint) {
        return new PageVersion(feed, newFingerprint);
    }

    /**
     * Returns whether a page with the given ETag shows the staging’s current state.
     *
     * @param ifNoneMatch the page’s {@link #toEtag}; null if the page has none
     */
    public boolean isSame(@CheckForNull String ifNoneMatch, Staging staging) {
        int fingerprintAt = ifNoneMatch == null ? -1 : ifNoneMatch.lastIndexOf('.');
        if (fingerprintAt < 0 || !ifNoneMatch.substring(fingerprintAt).equals(fingerprintPart() + '"')) {
            return false;
        }
        ChangeVersion then = ChangeVersion.parse(ifNoneMatch.substring(0, fingerprintAt));
        if (!feed.isComparableTo(then)) {
            return false;
        }
        Optional<Set<String>> changed = ChangeJournal.get().changedSince(then.journal());
        return changed.isPresent() && !changed.get().contains(staging.getFullName());
    }

    /** Returns the value of the header {@code ETag}. */
    public String toEtag() {
        return '"' + feed.toString() + fingerprintPart() + '"';
    }

    private String fingerprintPart() {
        return '.' + Integer.toHexString(fingerprint);
    }
}
