package io.jenkins.plugins.octopod.staging.journal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.security.ACL;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;

/**
 * Numbers all changes that might have to be shown. To find out whether anything has changed costs nothing, and to find
 * out what has changed examines nothing that hasn’t. Forgets the oldest changes, and all changes when Jenkins is
 * restarted. Thread-safe.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class ChangeJournal {

    /** Maximum number of changes that are remembered. A client that has missed more gets everything. */
    private static final int REMEMBERED = 20_000;

    /** Maximum number of deletions for which the journal remembers who could see the staging. */
    private static final int REMEMBERED_DELETIONS = 500;

    /**
     * A change of one staging.
     *
     * @param deleted permissions of the staging if it was deleted; null for other changes
     */
    private record JournalEntry(
            long sequence, String staging, @CheckForNull ACL deleted) {}

    /**
     * The changes of a period.
     *
     * @param stagings full names of the stagings that have changed
     * @param deleted permissions of the stagings that were deleted, by full name
     * @param environment whether projects or agents have changed as well
     */
    record Changes(Set<String> stagings, Map<String, ACL> deleted, boolean environment) {

        /** Returns whether a staging of that name was deleted that the viewer could see. */
        boolean isDeletedFor(Authentication viewer, String staging) {
            ACL acl = deleted.get(staging);
            return acl != null && acl.hasPermission2(viewer, Item.READ);
        }
    }

    private final String boot = UUID.randomUUID().toString().substring(0, 8);
    private final ArrayDeque<JournalEntry> changes = new ArrayDeque<>();

    /** The entries of {@link #changes} that are deletions. */
    private final ArrayDeque<JournalEntry> deletions = new ArrayDeque<>();

    /** Sequence number of the last deletion that is not remembered any more. */
    private long forgottenDeletion;

    private long lastEnvironmentChange;
    private volatile Version current = new Version(boot, 0, 0);

    /**
     * A position in the journal.
     *
     * @param boot id of this start of Jenkins
     * @param epoch number that changes when everything might be different
     * @param sequence sequence number of the last change
     */
    public record Version(String boot, long epoch, long sequence) {}

    public static ChangeJournal get() {
        return ExtensionList.lookupSingleton(ChangeJournal.class);
    }

    public Version current() {
        return current;
    }

    /** Records that a staging was created, deleted or changed. */
    public void changed(String stagingFullName) {
        add(stagingFullName, null);
    }

    /**
     * Records that a staging was deleted.
     *
     * @param acl permissions of the staging
     */
    synchronized void deleted(String stagingFullName, ACL acl) {
        deletions.addLast(add(stagingFullName, acl));
        if (deletions.size() > REMEMBERED_DELETIONS) {
            JournalEntry oldest = deletions.removeFirst();
            // An ACL can keep many other objects in memory.
            if (changes.removeIf(entry -> entry == oldest)) {
                forgottenDeletion = oldest.sequence();
            }
        }
    }

    private synchronized JournalEntry add(String stagingFullName, @CheckForNull ACL deleted) {
        Version next = new Version(boot, current.epoch(), current.sequence() + 1);
        JournalEntry entry = new JournalEntry(next.sequence(), stagingFullName, deleted);
        changes.addLast(entry);
        if (changes.size() > REMEMBERED) {
            JournalEntry oldest = changes.removeFirst();
            if (oldest.deleted() != null) {
                // It is the oldest deletion as well.
                deletions.pollFirst();
            }
        }
        current = next;
        return entry;
    }

    /** Records a change of projects or agents that does not change stagings. */
    synchronized void environmentChanged() {
        current = new Version(boot, current.epoch(), current.sequence() + 1);
        lastEnvironmentChange = current.sequence();
    }

    /** Records that permissions or locations might have changed. */
    synchronized void everythingChanged() {
        current = new Version(boot, current.epoch() + 1, current.sequence() + 1);
        changes.clear();
        deletions.clear();
    }

    /** Returns the full names of the stagings that have changed since then; empty if that isn’t known any more. */
    public Optional<Set<String>> changedSince(Version then) {
        return changesSince(then).map(Changes::stagings);
    }

    /** Returns what has changed since then; empty if that isn’t known any more. */
    synchronized Optional<Changes> changesSince(Version then) {
        if (!then.boot().equals(boot)
                || then.epoch() != current.epoch()
                || then.sequence() > current.sequence()
                || isForgotten(then.sequence())) {
            return Optional.empty();
        }
        Set<String> names = new LinkedHashSet<>();
        Map<String, ACL> deleted = new HashMap<>();
        Iterator<JournalEntry> newestFirst = changes.descendingIterator();
        while (newestFirst.hasNext()) {
            JournalEntry journalEntry = newestFirst.next();
            if (journalEntry.sequence() <= then.sequence()) {
                break;
            }
            names.add(journalEntry.staging());
            if (journalEntry.deleted() != null) {
                deleted.putIfAbsent(journalEntry.staging(), journalEntry.deleted());
            }
        }
        return Optional.of(new Changes(names, deleted, then.sequence() < lastEnvironmentChange));
    }

    private boolean isForgotten(long sequence) {
        return changes.size() == REMEMBERED && sequence < changes.getFirst().sequence() || sequence < forgottenDeletion;
    }
}
