package io.jenkins.plugins.octopod.staging.waiting;

import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.state.StateXStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Holder of a staging’s {@link WaitingState}, in memory and in a file, for example next to {@code observed.xml}. There
 * is no file while the state is empty. Reading accesses memory only. A change is written immediately. Thread-safe.
 */
@ModuleInternal
public final class WaitingRequestFile {

    /** XStream whose stored names don’t depend on names of classes. */
    static final XStream2 XSTREAM = new XStream2();

    private static final Logger LOGGER = Logger.getLogger(WaitingRequestFile.class.getName());
    private static final String NAME = "waiting.xml";

    static {
        XSTREAM.alias("octopod-waiting", WaitingState.class);
        StateXStream.register(XSTREAM);
    }

    /** Change of a waiting state. It can throw an exception to refuse the change. */
    @FunctionalInterface
    public interface Change<E extends Exception> {
        WaitingState apply(WaitingState current) throws E;
    }

    /** Current directory of the staging, because its project can be renamed or moved. */
    private final Supplier<File> directory;

    private final String name;

    private volatile WaitingState current = WaitingState.NONE;

    /** Reads the staging’s file if it exists. */
    public WaitingRequestFile(Supplier<File> directory) {
        this(directory, NAME);
    }

    WaitingRequestFile(Supplier<File> directory, String name) {
        this.directory = directory;
        this.name = name;
        XmlFile file = file();
        if (file.exists()) {
            try {
                read(file);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "The request that waits for a staging can't be read: " + file);
            }
        }
    }

    private void read(XmlFile file) throws IOException {
        if (file.read() instanceof WaitingState state && state.isComplete()) {
            current = state;
        } else {
            throw new IOException("Something is missing in " + file);
        }
    }

    private XmlFile file() {
        return new XmlFile(XSTREAM, new File(directory.get(), name));
    }

    public WaitingState current() {
        return current;
    }

    /**
     * Changes the state, and writes it if it is a different object.
     *
     * @return the state after the change
     * @throws IOException if it can’t be written; the state is then unchanged
     */
    public synchronized <E extends Exception> WaitingState change(Change<E> change) throws IOException, E {
        WaitingState next = change.apply(current);
        if (next != current) {
            File place = directory.get();
            if (!place.isDirectory()) {
                throw new NoSuchFileException(place.getPath());
            }
            if (next.isEmpty()) {
                file().delete();
            } else {
                file().write(next);
            }
            current = next;
        }
        return next;
    }
}
