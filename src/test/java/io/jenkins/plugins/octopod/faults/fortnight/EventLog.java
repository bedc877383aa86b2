package io.jenkins.plugins.octopod.faults.fortnight;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;

/** What has happened, in order. Thread-safe. */
final class EventLog {

    private final SimulatedTime time;
    private final List<Entry> entries = new ArrayList<>();

    /** @param staging null for what concerns all */
    private record Entry(Instant when, @CheckForNull String staging, String text) {}

    EventLog(SimulatedTime time) {
        this.time = time;
    }

    /** @param staging null for what concerns all */
    synchronized void add(@CheckForNull String staging, String text) {
        entries.add(new Entry(time.now(), staging, text));
    }

    synchronized int size() {
        return entries.size();
    }

    /** All events, one a line. */
    synchronized String all() {
        return String.join("\n", last(null, entries.size())) + "\n";
    }

    /** The last events that concern a staging, the oldest first. */
    synchronized List<String> last(@CheckForNull String staging, int limit) {
        List<String> found = new LinkedList<>();
        for (int i = entries.size() - 1; i >= 0 && found.size() < limit; i--) {
            Entry entry = entries.get(i);
            if (staging == null || entry.staging() == null || entry.staging().equals(staging)) {
                found.add(
                        0, entry.when() + " " + (entry.staging() == null ? "*" : entry.staging()) + " " + entry.text());
            }
        }
        return found;
    }
}
