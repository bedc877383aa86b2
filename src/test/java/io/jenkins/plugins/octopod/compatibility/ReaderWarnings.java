package io.jenkins.plugins.octopod.compatibility;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what is logged about files that can't be read, and all warnings of the plugin. */
final class ReaderWarnings extends Handler implements AutoCloseable {

    private static final List<String> READERS = List.of(
            "hudson.XmlFile",
            "hudson.diagnosis",
            "hudson.model.Descriptor",
            "hudson.model.Items",
            "hudson.model.Queue",
            "hudson.util.RobustReflectionConverter",
            "hudson.util.XStream2",
            "io.jenkins.plugins.octopod",
            "jenkins.model.Nodes",
            "jenkins.model.RunMap",
            "org.jenkinsci.plugins.workflow");

    private static final List<String> SIGNS = List.of("CannotResolveClass", "ClassNotFound", "InvalidClass");

    /** Of Pipelines when Jenkins stops: it tells how busy the machine is. */
    private static final String SLOW = "did not finish suspending within";

    private final Queue<String> found = new ConcurrentLinkedQueue<>();

    private ReaderWarnings() {}

    static ReaderWarnings start() {
        ReaderWarnings warnings = new ReaderWarnings();
        Logger.getLogger("").addHandler(warnings);
        return warnings;
    }

    List<String> found() {
        return List.copyOf(found);
    }

    @Override
    public void publish(LogRecord entry) {
        String text = entry.getLoggerName() + ": " + entry.getMessage() + ' ' + entry.getThrown();
        boolean warning = entry.getLevel().intValue() >= Level.WARNING.intValue()
                && READERS.stream().anyMatch(text::startsWith)
                && !text.contains(SLOW);
        if (warning || SIGNS.stream().anyMatch(text::contains)) {
            found.add(text);
        }
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
