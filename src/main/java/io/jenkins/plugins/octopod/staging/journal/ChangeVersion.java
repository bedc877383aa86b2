package io.jenkins.plugins.octopod.staging.journal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;

/**
 * Version of the data that a client has received: a position in the journal, the viewer and a time slot. Its string
 * form is an {@code ETag} or part of one. The number of changes can’t be read from it.
 *
 * @param journal position in the journal
 * @param viewer hash of the user’s name and groups
 * @param slot time slot; in a new slot everything is read again, because permission changes raise no event
 */
@Restricted(NoExternalUse.class)
public record ChangeVersion(ChangeJournal.Version journal, int viewer, long slot) {

    /** Encrypts the numbers that clients receive. */
    private static final VersionCipher CIPHER = new VersionCipher();

    public static ChangeVersion now(Authentication viewer) {
        int id = Objects.hash(viewer.getName(), viewer.getAuthorities()) & Integer.MAX_VALUE;
        long slot = VersionTimeSlots.get().current(id);
        return new ChangeVersion(ChangeJournal.get().current(), id, slot);
    }

    /** Returns whether the changes since then can be determined. Otherwise everything must be sent again. */
    public boolean isComparableTo(@CheckForNull ChangeVersion then) {
        return then != null && then.viewer == viewer && then.slot == slot;
    }

    /**
     * Parses the string form.
     *
     * @return version; null if the text isn’t a version
     */
    @CheckForNull
    public static ChangeVersion parse(@CheckForNull String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.replaceFirst("^W/", "").replace("\"", "").split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        try {
            long[] numbers = CIPHER.decrypt(parts[1]);
            return new ChangeVersion(
                    new ChangeJournal.Version(parts[0], numbers[0], numbers[1]),
                    Integer.parseUnsignedInt(parts[2], 16),
                    Long.parseLong(parts[3]));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return journal.boot()
                + '.'
                + CIPHER.encrypt(journal.epoch(), journal.sequence())
                + '.'
                + Integer.toHexString(viewer)
                + '.'
                + slot;
    }
}
