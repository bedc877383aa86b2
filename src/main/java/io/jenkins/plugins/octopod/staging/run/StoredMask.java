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
 * The secrets that are masked in the output of a run’s script, in an encrypted file next to the run’s log on the
 * controller. The file exists from before the script starts until the run has ended, so that neither a restart of
 * Jenkins nor a change of a credential unmasks anything. The agent has no access to it: a program there can neither
 * remove the mask nor choose what is decrypted.
 */
final class StoredMask {

    /** Name of the file in the run’s directory. */
    static final String FILE = "octopod-mask";

    private static final Logger LOGGER = Logger.getLogger(StoredMask.class.getName());

    private StoredMask() {}

    /**
     * Stores the mask, and replaces an earlier one.
     *
     * @param encrypted encrypted mask, see {@link ScriptSecrets#encryptMask}
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
     * Returns the mask for the output of the run’s script. If none is stored, as for a script that an older version of
     * the plugin has started, or if it is damaged, the current credentials are masked, and the log says so.
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
        // Not through a channel, because an interrupt of the thread would close it.
        try (InputStream file = new FileInputStream(path(run).toFile())) {
            return ScriptSecrets.decryptMask(new String(file.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The mask of " + run + " can't be read");
            return null;
        }
    }

    /** Removes the mask. A file that can’t be removed is left, because it is encrypted. */
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
