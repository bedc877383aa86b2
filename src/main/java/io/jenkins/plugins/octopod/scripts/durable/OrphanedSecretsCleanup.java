package io.jenkins.plugins.octopod.scripts.durable;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.VirtualChannel;
import hudson.slaves.ComputerListener;
import io.jenkins.plugins.octopod.scripts.secrets.SecretFilesDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;
import jenkins.model.Jenkins;
import org.apache.commons.io.FileUtils;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Deletes the secret files of scripts that no longer run, when an agent connects. Files remain if the process that
 * normally deletes them was killed or the machine was restarted.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class OrphanedSecretsCleanup extends ComputerListener {

    private static final Logger LOGGER = Logger.getLogger(OrphanedSecretsCleanup.class.getName());

    /** Deletes the files before anything can run on the agent. */
    @Override
    public void preOnline(Computer computer, Channel channel, FilePath root, TaskListener listener)
            throws InterruptedException {
        remove(root);
    }

    /** Deletes the files on the controller, whose own node never calls {@link #preOnline}. */
    @Override
    public void onOnline(@NonNull Computer computer, TaskListener listener) throws InterruptedException {
        if (computer instanceof Jenkins.MasterComputer) {
            remove(Jenkins.get().getRootPath());
        }
    }

    /** Deletes the files. If one can’t be deleted now, the next connection tries again. */
    private static void remove(@CheckForNull FilePath root) throws InterruptedException {
        if (root == null) {
            return;
        }
        try {
            root.child(SecretFilesDirectory.DIRECTORIES).act(new Remove());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Secret files of scripts may be left in " + root);
        }
    }

    /**
     * Looks through the directories of scripts on the agent. A directory that can’t be deleted doesn’t prevent the
     * deletion of others.
     */
    static final class Remove extends MasterToSlaveFileCallable<Void> {

        private static final long serialVersionUID = 1L;

        /** Time by which the supervisor of a script has stored its process id, however busy the machine is. */
        private static final Duration START_TIMEOUT = Duration.ofMinutes(10);

        @Override
        public Void invoke(File directory, VirtualChannel channel) throws IOException {
            File[] scripts = directory.listFiles(File::isDirectory);
            IOException failure = null;
            for (File script : scripts == null ? new File[0] : scripts) {
                try {
                    remove(script);
                } catch (IOException e) {
                    if (failure == null) {
                        failure = e;
                    } else {
                        failure.addSuppressed(e);
                    }
                }
            }
            if (failure != null) {
                throw failure;
            }
            return null;
        }

        private static void remove(File script) throws IOException {
            ScriptControlDirectory controlDirectory = new ScriptControlDirectory(script);
            if (script.getName().startsWith(SecretFilesDirectory.ASKED)) {
                FileUtils.deleteDirectory(script);
            } else if (controlDirectory.secrets().isDirectory() && !isRunning(controlDirectory)) {
                FileUtils.deleteDirectory(controlDirectory.secrets());
            }
        }

        private static boolean isRunning(ScriptControlDirectory controlDirectory) throws IOException {
            ScriptLiveness liveness = ScriptLiveness.of(controlDirectory.directory());
            return liveness.isAnyRunning()
                    || liveness.isStarting() && age(controlDirectory).compareTo(START_TIMEOUT) < 0;
        }

        /**
         * Returns the age of the secrets. Both times come from the file system, because its clock can differ from the
         * machine’s.
         */
        private static Duration age(ScriptControlDirectory controlDirectory) throws IOException {
            Path now = Files.createTempFile(controlDirectory.directory().toPath(), "now", null);
            try {
                return Duration.between(
                        Files.getLastModifiedTime(controlDirectory.secrets().toPath())
                                .toInstant(),
                        Files.getLastModifiedTime(now).toInstant());
            } finally {
                Files.delete(now);
            }
        }
    }
}
