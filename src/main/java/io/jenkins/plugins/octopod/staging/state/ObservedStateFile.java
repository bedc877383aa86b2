package io.jenkins.plugins.octopod.staging.state;

import hudson.XmlFile;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import io.jenkins.plugins.octopod.staging.support.UninterruptibleStorage;
import java.io.File;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Holder of a staging’s {@link ObservedState}, in memory and in a file next to {@code config.xml}. Reading accesses
 * memory only. A change is written immediately and atomically if the new state differs from the old one. Thread-safe.
 */
@ModuleInternal
public final class ObservedStateFile {

    private static final Logger LOGGER = Logger.getLogger(ObservedStateFile.class.getName());
    private static final String NAME = "observed.xml";

    /** Current directory of the staging, because its project may be renamed or moved. */
    private final Supplier<File> directory;

    private volatile ObservedState current;

    private ObservedStateFile(Supplier<File> directory, ObservedState current) {
        this.directory = directory;
        this.current = current;
    }

    /** Creates and writes the file of a new staging. */
    public static ObservedStateFile create(Supplier<File> directory, ObservedState first) throws IOException {
        ObservedStateFile created = new ObservedStateFile(directory, first);
        UninterruptibleStorage.store(() -> created.file().write(first));
        return created;
    }

    /** Loads the state of an existing staging, whose file may be missing or damaged. */
    public static ObservedStateFile load(Supplier<File> directory) {
        ObservedStateFile loaded = new ObservedStateFile(directory, null);
        loaded.readAgain();
        return loaded;
    }

    /** Reads the file again, under the same lock as changes, so that no change is based on the replaced state. */
    public synchronized void readAgain() {
        Instant now = StagingClock.now();
        ObservedState read = ObservedState.initial(Status.GenericFailure, now, null)
                .with(Status.GenericFailure, Messages.Staging_neverObserved(), now);
        XmlFile file = file();
        if (file.exists()) {
            try {
                read = (ObservedState) file.read();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "What was observed of a staging can't be read: " + file);
            }
        }
        current = read;
    }

    private XmlFile file() {
        return new XmlFile(StateXStream.XSTREAM, new File(directory.get(), NAME));
    }

    public ObservedState current() {
        return current;
    }

    /**
     * Changes the state, and writes it if it differs.
     *
     * @throws NoSuchFileException if the staging’s directory doesn’t exist, because the staging was deleted or is being
     *     renamed or moved. Writing would create a directory that belongs to no staging or to a new one.
     * @throws IOException if it can’t be written; the observed state is then unchanged
     */
    public synchronized ObservedState change(UnaryOperator<ObservedState> change) throws IOException {
        ObservedState next = change.apply(current);
        if (!next.equals(current)) {
            File place = directory.get();
            if (!place.isDirectory()) {
                throw new NoSuchFileException(place.getPath());
            }
            XmlFile file = file();
            UninterruptibleStorage.store(() -> file.write(next));
            current = next;
        }
        return next;
    }
}
