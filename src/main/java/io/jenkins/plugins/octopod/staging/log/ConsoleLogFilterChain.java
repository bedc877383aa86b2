package io.jenkins.plugins.octopod.staging.log;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.log.ScriptOutputDecoder.HeldBack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Chain of all {@link ConsoleLogFilter}s of Jenkins, applied to the log of one run. */
@ModuleInternal
public final class ConsoleLogFilterChain {

    public static final ConsoleLogFilterChain NONE = new ConsoleLogFilterChain(null, List.of());

    @CheckForNull
    private final Run<?, ?> run;

    private final List<ConsoleLogFilter> all;

    public ConsoleLogFilterChain(@CheckForNull Run<?, ?> run, List<ConsoleLogFilter> all) {
        this.run = run;
        this.all = all;
    }

    public static ConsoleLogFilterChain of(Run<?, ?> run) {
        return new ConsoleLogFilterChain(run, List.copyOf(ConsoleLogFilter.all()));
    }

    /** Returns a stream that passes its content through the filters to the log. */
    public OutputStream over(OutputStream log) throws IOException {
        OutputStream filtered = log;
        try {
            for (ConsoleLogFilter filter : all) {
                filtered = filter.decorateLogger(run, filtered);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("a filter of the log was interrupted").initCause(e);
        }
        return filtered;
    }

    /** Returns what must be held back of output that isn’t complete. Filters get whole lines. */
    HeldBack heldBack() {
        return all.isEmpty() ? HeldBack.SECRETS : HeldBack.LINES;
    }

    /**
     * Filters the output of a script on one stream. Filters hold back incomplete lines, but the writer must know what
     * is written. So the filters get whole lines only, and their output is taken at once.
     */
    final class Stream {

        private final ByteArrayOutputStream made = new ByteArrayOutputStream();
        private OutputStream filtered;

        /**
         * Returns the filtered lines.
         *
         * @param heldBack part of the output that follows these lines; after {@link HeldBack#NOTHING}, no lines follow
         */
        ByteBuffer filter(ByteBuffer lines, HeldBack heldBack) throws IOException {
            if (all.isEmpty()) {
                return lines;
            }
            made.reset();
            if (filtered == null) {
                filtered = over(made);
            }
            byte[] bytes = new byte[lines.remaining()];
            lines.get(bytes);
            filtered.write(bytes);
            filtered.flush();
            if (heldBack == HeldBack.NOTHING) {
                filtered.close();
                filtered = null;
            }
            return ByteBuffer.wrap(made.toByteArray());
        }
    }
}
