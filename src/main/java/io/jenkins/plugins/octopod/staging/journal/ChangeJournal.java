package io.jenkins.plugins.octopod.staging.journal;

import hudson.Extension;
import hudson.ExtensionList;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Numbers all that may have to be shown otherwise than before, so that “has anything changed?” costs nothing and
 * “what has changed?” no look at what hasn’t. Forgets the oldest changes and, with a restart of Jenkins, all. Safe from
 * any thread.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class ChangeJournal {

    /** So many changes are remembered; who asks later than that gets everything. */
    private static final int REMEMBERED = 20_000;

    /** A change of one staging. */
    private record JournalEntry(long sequence, String staging) {}

    private final String boot = UUID.randomUUID().toString().substring(0, 8);
    private final ArrayDeque<JournalEntry> changes = new ArrayDeque<>();
    private volatile Version current = new Version(boot, 0, 0);

    /**
     * A point in time.
     *
     * @param boot of this start of Jenkins
     * @param epoch another one when everything may be different
     * @param sequence of the last change
     */
    public record Version(String boot, long epoch, long sequence) {}

    public static ChangeJournal get() {
        return ExtensionList.lookupSingleton(ChangeJournal.class);
    }

    public Version current() {
        return current;
    }

    /** That staging is there, gone, or another than before. */
    public synchronized void changed(String stagingFullName) {
        Version next = new Version(boot, current.epoch(), current.sequence() + 1);
        changes.addLast(new JournalEntry(next.sequence(), stagingFullName));
        if (changes.size() > REMEMBERED) {
            changes.removeFirst();
        }
        current = next;
    }

    /** Something about projects or agents; stagings are as they were. */
    synchronized void environmentChanged() {
        current = new Version(boot, current.epoch(), current.sequence() + 1);
    }

    /** Who may see what, or where things are. */
    synchronized void everythingChanged() {
        current = new Version(boot, current.epoch() + 1, current.sequence() + 1);
        changes.clear();
    }

    /** The full names of the stagings that have changed since then; empty where that isn’t known any more. */
    public synchronized Optional<Set<String>> changedSince(Version then) {
        if (!then.boot().equals(boot)
                || then.epoch() != current.epoch()
                || then.sequence() > current.sequence()
                || isForgotten(then.sequence())) {
            return Optional.empty();
        }
        Set<String> names = new LinkedHashSet<>();
        Iterator<JournalEntry> newestFirst = changes.descendingIterator();
        while (newestFirst.hasNext()) {
            JournalEntry journalEntry = newestFirst.next();
            if (journalEntry.sequence() <= then.sequence()) {
                break;
            }
            names.add(journalEntry.staging());
        }
        return Optional.of(names);
    }

    private boolean isForgotten(long sequence) {
        return changes.size() == REMEMBERED && sequence < changes.getFirst().sequence();
    }
}
