package io.jenkins.plugins.octopod.staging.log;

import hudson.model.Run;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads what a script printed to stdout or stderr back from the log of its run. */
public final class RunLogReader {

    private final File logFile;
    private final File indexFile;

    @ModuleInternal
    public RunLogReader(File logFile, File indexFile) {
        this.logFile = logFile;
        this.indexFile = indexFile;
    }

    /** Returns the reader of a run’s log. The run might still be running. */
    public static RunLogReader of(Run<?, ?> run) {
        return new RunLogReader(run.getLogFile(), new File(run.getRootDir(), RunLogWriter.INDEX_FILE));
    }

    /**
     * Returns what has been printed to one stream so far, in UTF-8. The log is read while the returned stream is read.
     */
    public InputStream open(LogStream stream) throws IOException {
        LogIndex index = LogIndex.read(indexFile.toPath());
        boolean printed = index.parts().stream().anyMatch(part -> part.stream() == stream);
        return printed ? new SingleStreamInput(logFile, index.parts(), stream) : InputStream.nullInputStream();
    }

    /** Copies what was printed to one stream, in UTF-8, a chunk at a time. */
    public void copyTo(LogStream stream, OutputStream out) throws IOException {
        try (InputStream recorded = open(stream)) {
            recorded.transferTo(out);
        }
    }
}
