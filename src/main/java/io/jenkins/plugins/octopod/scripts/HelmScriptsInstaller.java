package io.jenkins.plugins.octopod.scripts;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolInstaller;
import hudson.tools.ToolInstallerDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.UUID;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Installs the plugin’s control scripts for Helm charts, with their settings, on an agent. Each version of scripts and
 * settings has its own directory, so a running script keeps the version that it was started with.
 */
@Restricted(NoExternalUse.class)
public final class HelmScriptsInstaller extends ToolInstaller {

    private String chartRepoUrl = "";
    private String chartName = "";
    private String chartVersion = "";
    private boolean otherCharts;
    private String ingressHostKey = "";
    private boolean withoutWaiting;
    private boolean withoutGivingUp;
    private String applicationDefaults = "";
    private boolean passCredentials;
    private boolean plainHttp;
    /** Path of the certificates; null in configurations of older versions. */
    @CheckForNull
    private String caFile;

    @DataBoundConstructor
    public HelmScriptsInstaller(String label) {
        super(label);
    }

    public String getChartRepoUrl() {
        return chartRepoUrl;
    }

    @DataBoundSetter
    public void setChartRepoUrl(String chartRepoUrl) {
        this.chartRepoUrl = Util.fixNull(chartRepoUrl).strip();
    }

    public String getChartName() {
        return chartName;
    }

    @DataBoundSetter
    public void setChartName(String chartName) {
        this.chartName = Util.fixNull(chartName).strip();
    }

    public String getChartVersion() {
        return chartVersion;
    }

    @DataBoundSetter
    public void setChartVersion(String chartVersion) {
        this.chartVersion = Util.fixNull(chartVersion).strip();
    }

    /** Returns whether stagings can be deployed from other charts. */
    public boolean isOtherCharts() {
        return otherCharts;
    }

    @DataBoundSetter
    public void setOtherCharts(boolean otherCharts) {
        this.otherCharts = otherCharts;
    }

    /** Returns keys of the chart's values, separated by white space; empty for the default. */
    public String getIngressHostKey() {
        return ingressHostKey;
    }

    @DataBoundSetter
    public void setIngressHostKey(String ingressHostKey) {
        this.ingressHostKey = Util.fixNull(ingressHostKey).strip();
    }

    /**
     * Returns whether a deployment ends when the cluster has accepted it, without waiting until everything is ready.
     */
    public boolean isWithoutWaiting() {
        return withoutWaiting;
    }

    @DataBoundSetter
    public void setWithoutWaiting(boolean withoutWaiting) {
        this.withoutWaiting = withoutWaiting;
    }

    /** Returns whether a deployment waits until its time limit although a new pod can’t start. */
    public boolean isWithoutGivingUp() {
        return withoutGivingUp;
    }

    @DataBoundSetter
    public void setWithoutGivingUp(boolean withoutGivingUp) {
        this.withoutGivingUp = withoutGivingUp;
    }

    /** Returns lines of the form {@code KEY=VALUE}. */
    public String getApplicationDefaults() {
        return applicationDefaults;
    }

    @DataBoundSetter
    public void setApplicationDefaults(String applicationDefaults) {
        this.applicationDefaults = Util.fixNull(applicationDefaults).strip();
    }

    /** Returns whether other hosts in the repository’s index also get its user name and password. */
    public boolean isPassCredentials() {
        return passCredentials;
    }

    @DataBoundSetter
    public void setPassCredentials(boolean passCredentials) {
        this.passCredentials = passCredentials;
    }

    /** Returns whether a repository that begins with {@code oci://} is accessed without TLS. */
    public boolean isPlainHttp() {
        return plainHttp;
    }

    @DataBoundSetter
    public void setPlainHttp(boolean plainHttp) {
        this.plainHttp = plainHttp;
    }

    /** Returns the path, on agents, of the certificates for the repository; empty for the system’s certificates. */
    @NonNull
    public String getCaFile() {
        return Util.fixNull(caFile);
    }

    @DataBoundSetter
    public void setCaFile(String caFile) {
        this.caFile = Util.fixEmptyAndTrim(caFile);
    }

    @Override
    public FilePath performInstallation(ToolInstallation tool, Node node, TaskListener log)
            throws IOException, InterruptedException {
        HelmScriptsArchive archive = HelmScriptsArchive.get();
        String settings = HelmSettingsFile.text(this);
        FilePath all = preferredLocation(tool, node);
        FilePath home = all.child(archive.version(settings));
        if (!home.exists()) {
            // Unpacked in a temporary directory and renamed, so that no script sees an incomplete directory.
            FilePath beside = all.child("unpacking-" + UUID.randomUUID());
            try {
                beside.unzipFrom(new ByteArrayInputStream(archive.bytes()));
                beside.child("settings").write(settings, "UTF-8");
                rename(beside, home);
            } finally {
                beside.deleteRecursive();
            }
        }
        return home;
    }

    private static void rename(FilePath beside, FilePath home) throws IOException, InterruptedException {
        try {
            beside.renameTo(home);
        } catch (IOException e) {
            // Another installation was faster, and its result is the same.
            if (!home.exists()) {
                throw e;
            }
        }
    }

    /** Descriptor of an installer for {@link ControlScripts} only. */
    @Extension
    @Symbol("octopodHelmScripts")
    public static final class DescriptorImpl extends ToolInstallerDescriptor<HelmScriptsInstaller> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HelmScriptsInstaller_displayName();
        }

        @Override
        public boolean isApplicable(Class<? extends ToolInstallation> toolType) {
            return toolType == ControlScripts.class;
        }
    }
}
