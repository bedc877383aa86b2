package io.jenkins.plugins.octopod.faults;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Run;
import hudson.model.Saveable;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Stops Jenkins’ own threads where it is to be killed, by the names of stagings, and says in a file that it has. They never
 * go on.
 */
record Stops(Path directory) {

    /** The name of a staging that is stopped when its request is taken in, between the two files that this changes. */
    static final String ACCEPTING = "update-accepting";

    void install() {
        RunListener.all().add(0, new Runs());
        SaveableListener.all().add(0, new Stored());
        ExtensionList.lookup(StagingListener.class).add(0, new Accepted());
    }

    Path stopped(String staging) {
        return directory.resolve("stopped-" + staging);
    }

    private void stop(String staging) {
        try {
            Files.createFile(stopped(staging));
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Runs extends RunListener<StagingRun> {

        Runs() {
            super(StagingRun.class);
        }

        @Override
        public void onStarted(StagingRun run, TaskListener listener) {
            stopIf(Phase.BEGUN, run);
        }

        @Override
        public void onCompleted(StagingRun run, @NonNull TaskListener listener) {
            stopIf(Phase.ENDING, run);
        }

        private void stopIf(Phase phase, Run<?, ?> run) {
            String staging = run.getParent().getName();
            if (phase.isOf(staging)) {
                stop(staging);
            }
        }
    }

    private final class Stored extends SaveableListener {

        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (saved instanceof StagingRun run
                    && !run.isBuilding()
                    && Phase.ENDED.isOf(run.getParent().getName())) {
                stop(run.getParent().getName());
            }
        }
    }

    private final class Accepted extends StagingListener {

        @Override
        public void onStatusChanged(@NonNull Staging staging, @NonNull Status before, @NonNull Status now) {
            if (staging.getName().equals(ACCEPTING) && now == Status.UpdatePending) {
                stop(ACCEPTING);
            }
        }
    }
}
