package io.jenkins.plugins.octopod.dashboard.feed;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.journal.ChangeJournal;
import io.jenkins.plugins.octopod.staging.journal.ChangeVersion;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;

/**
 * Version (ETag) of a staging’s open page. It advances with every response, also an unchanged one, so that the next
 * request scans only the journal’s changes of the last second.
 *
 * @param feed version of the feed: time and viewer
 * @param fingerprint hash of the page’s content that the journal doesn’t cover
 */
public record PageVersion(ChangeVersion feed, int fingerprint) {

    /** For the current user; to be asked for before anything is looked at. */
    public static PageVersion now(int fingerprint) {
        return new PageVersion(ChangeVersion.now(Jenkins.getAuthentication2()), fingerprint);
    }

    /**
     * Whether a page shows that staging as it is.
     *
     * @param ifNoneMatch what the page has, as {@link #toEtag} was; null for nothing
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

    public String toEtag() {
        return '"' + feed.toString() + fingerprintPart() + '"';
    }

    private String fingerprintPart() {
        return '.' + Integer.toHexString(fingerprint);
    }
}
