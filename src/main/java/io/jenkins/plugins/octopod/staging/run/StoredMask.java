package io.jenkins.plugins.octopod.staging.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider.StagingMaskFactory;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.scripts.secrets.SecretMask;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import io.jenkins.plugins.octopod.staging.support.UninterruptibleStorage;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is masked in the output of a run's script, in a file beside the run's log on the controller. It is encrypted, and there
 * from before the script starts until the run has ended, so that a restart of Jenkins or a change of a credential unmasks nothing.
 * The agent has no part in it: whatever runs there can neither remove the mask nor choose what is decrypted.
 */
final class StoredMask {

    /** In the directory of the run. */
    static final String FILE = "octopod-mask";

    private static final Logger LOGGER = Logger.getLogger(StoredMask.class.getName());

    private StoredMask() {}

    /**
     * Stores it, in place of what was stored before.
     *
     * @param encrypted as of {@link ScriptSecrets#encryptMask}
     */
    static void write(StagingRun run, String encrypted) throws IOException {
        UninterruptibleStorage.store(() -> {
            try (AtomicFileWriter writer = new AtomicFileWriter(path(run), StandardCharsets.US_ASCII)) {
                writer.write(encrypted);
                writer.commit();
            }
        });
    }

    /**
     * Returns the mask for what the run's script prints. If none is stored, as for a script that an older version of the plugin has
     * started, or it is damaged, the credentials that there are now are masked, and the log says so.
     */
    static SecretMask read(StagingRun run, PrintStream notes) {
        SecretMask stored = stored(run);
        if (stored != null) {
            return stored;
        }
        notes.println(Messages.StoredMask_lost());
        StagingRunParameters parameters = run.parameters();
        StagingMaskFactory masks =
                ScriptCredentialsProvider.masksOf(run.getParent().getParent());
        return parameters == null
                ? masks.of(Overrides.NONE, Overrides.NONE)
                : masks.of(parameters.getApplicationOverrides(), parameters.getDeploymentOverrides());
    }

    @CheckForNull
    private static SecretMask stored(StagingRun run) {
        if (!Files.exists(path(run))) {
            return null;
        }
        // Not by a channel, which an interrupt of the thread would close.
        try (InputStream file = new FileInputStream(path(run).toFile())) {
            return ScriptSecrets.decryptMask(new String(file.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The mask of " + run + " can't be read");
            return null;
        }
    }

    /** Removes it. What can't be removed is left: it is encrypted. */
    static void delete(StagingRun run) {
        try {
            Files.deleteIfExists(path(run));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The mask of " + run + " is left");
        }
    }

    private static Path path(StagingRun run) {
        return new File(run.getRootDir(), FILE).toPath();
    }
}
