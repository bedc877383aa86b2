package io.jenkins.plugins.octopod.kubernetes.client;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Shortens what the Kubernetes client logs. It logs whole messages of watches, which can have megabytes, and a stack
 * trace for each list that a server refuses, while Jenkins keeps its last records in memory. Instead of the stack
 * trace, a line says what is wrong if the server refused or the connection failed. Other problems can be errors in a
 * program, so they keep their stack trace. At the level {@code FINE}, the logger writes each stack trace. The loggers
 * are shared with the other plugins that use the client.
 */
final class ClientLog {

    private static final int MAX_LENGTH = 1_000;

    /** Strong references, because an unreferenced logger is collected and loses its filter. */
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("io.fabric8.kubernetes.client.informers.impl.cache.Reflector"),
            Logger.getLogger("io.fabric8.kubernetes.client.dsl.internal.AbstractWatchManager"));

    private ClientLog() {}

    /** Installs the filters, unless they are installed already. */
    static void limit() {
        for (Logger logger : LOGGERS) {
            if (logger.getFilter() == null) {
                logger.setFilter(record -> shorten(record, logger.isLoggable(Level.FINE)));
            }
        }
    }

    /** Shortens the record, and returns true so that it is logged. */
    private static boolean shorten(LogRecord record, boolean withTrace) {
        String message = record.getMessage();
        if (message != null && message.length() > MAX_LENGTH) {
            record.setMessage(message.substring(0, MAX_LENGTH) + "…");
        }
        for (Throwable cause = record.getThrown(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && cause.getMessage().length() > MAX_LENGTH) {
                record.setThrown(null);
                return true;
            }
        }
        if (!withTrace && ClusterFailure.isOfServer(record.getThrown())) {
            record.setMessage(record.getMessage() + ": " + ClusterFailure.sentence(record.getThrown()));
            record.setThrown(null);
        }
        return true;
    }
}
