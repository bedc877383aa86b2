package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.AnnotatedLargeText;
import hudson.model.Run;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.state.ExportedOverride;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import io.jenkins.plugins.octopod.staging.support.UninterruptibleStorage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import jenkins.model.lazy.BuildReference;
import jenkins.model.lazy.LazyBuildMixIn;
import org.kohsuke.stapler.export.Exported;

/** A run that is loaded on demand with core’s mix-in. Its only subclass is {@link StagingRun}. */
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

    /** Stores the run even if an abort interrupts the thread at the same time. */
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

    /**
     * Checks the permission to read the log. Pages and the command line read the log only through this method and
     * {@link #getLogInputStream}.
     *
     * @throws org.springframework.security.access.AccessDeniedException if the current user lacks
     *     {@link StagingPermissions#LOG}
     */
    @NonNull
    @Override
    public AnnotatedLargeText getLogText() {
        checkPermission(StagingPermissions.LOG);
        return super.getLogText();
    }

    /** Checks the same permission as {@link #getLogText}. */
    @NonNull
    @Override
    public InputStream getLogInputStream() throws IOException {
        checkPermission(StagingPermissions.LOG);
        return super.getLogInputStream();
    }

    /** Checks the same permission as {@link #getLogText}. */
    @NonNull
    @Override
    @Deprecated
    public String getLog() throws IOException {
        checkPermission(StagingPermissions.LOG);
        return super.getLog();
    }

    /** Checks the same permission as {@link #getLogText}. */
    @NonNull
    @Override
    public List<String> getLog(int maxLines) throws IOException {
        checkPermission(StagingPermissions.LOG);
        return super.getLog(maxLines);
    }

    private StagingRun asRun() {
        return (StagingRun) this;
    }

    /** Returns the application overrides when the action was requested. */
    public Overrides getApplicationOverrides() {
        StagingRunParameters parameters = asRun().parameters();
        return parameters == null ? Overrides.NONE : parameters.getApplicationOverrides();
    }

    /** Returns both kinds of overrides when the action was requested. */
    public StagingOverrides overrides() {
        return new StagingOverrides(getApplicationOverrides(), getDeploymentOverrides());
    }

    /** Returns the deployment overrides when the action was requested. */
    public Overrides getDeploymentOverrides() {
        StagingRunParameters parameters = asRun().parameters();
        return parameters == null ? Overrides.NONE : parameters.getDeploymentOverrides();
    }

    /** Returns the application overrides for {@code api/json}. */
    @Exported(name = "applicationOverrides")
    public List<ExportedOverride> getExportedApplicationOverrides() {
        return ExportedOverride.listOf(getApplicationOverrides());
    }

    /** Returns the deployment overrides for {@code api/json}. */
    @Exported(name = "deploymentOverrides")
    public List<ExportedOverride> getExportedDeploymentOverrides() {
        return ExportedOverride.listOf(getDeploymentOverrides());
    }
}
