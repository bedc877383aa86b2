package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.octopod.staging.support.UninterruptibleStorage;
import java.io.File;
import java.io.IOException;
import jenkins.model.lazy.BuildReference;
import jenkins.model.lazy.LazyBuildMixIn;

/** A run that is loaded when somebody looks at it, as core’s mix-in wants to be called. Its one subclass has all the rest. */
abstract class LazyStagingRun extends Run<Staging, StagingRun>
        implements LazyBuildMixIn.LazyLoadingRun<Staging, StagingRun> {

    private transient LazyBuildMixIn.RunMixIn<Staging, StagingRun> runMixIn;

    LazyStagingRun(Staging staging) throws IOException {
        super(staging);
    }

    LazyStagingRun(Staging staging, File directory) throws IOException {
        super(staging, directory);
    }

    @Override
    public LazyBuildMixIn.RunMixIn<Staging, StagingRun> getRunMixIn() {
        synchronized (LazyStagingRun.class) {
            if (runMixIn == null) {
                runMixIn = new LazyBuildMixIn.RunMixIn<>() {
                    @Override
                    protected StagingRun asRun() {
                        return (StagingRun) LazyStagingRun.this;
                    }
                };
            }
            return runMixIn;
        }
    }

    /** An abort that comes meanwhile doesn’t keep what the run has done from being stored. */
    @Override
    public synchronized void save() throws IOException {
        UninterruptibleStorage.store(super::save);
    }

    @NonNull
    @Override
    protected BuildReference<StagingRun> createReference() {
        return getRunMixIn().createReference();
    }

    @Override
    protected void dropLinks() {
        getRunMixIn().dropLinks();
    }

    @Override
    public StagingRun getPreviousBuild() {
        return getRunMixIn().getPreviousBuild();
    }

    @Override
    public StagingRun getNextBuild() {
        return getRunMixIn().getNextBuild();
    }
}
