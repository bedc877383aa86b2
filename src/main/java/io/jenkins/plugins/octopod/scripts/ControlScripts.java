package io.jenkins.plugins.octopod.scripts;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.XmlFile;
import hudson.model.EnvironmentSpecific;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.NodeSpecific;
import hudson.tools.ToolDescriptor;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolProperty;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * Jenkins tool for a directory of control scripts: an existing path on agents, an archive or the result of a command.
 */
public final class ControlScripts extends ToolInstallation
        implements NodeSpecific<ControlScripts>, EnvironmentSpecific<ControlScripts> {

    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public ControlScripts(String name, String home, List<? extends ToolProperty<?>> properties) {
        super(Util.fixEmptyAndTrim(name), Util.fixEmptyAndTrim(home), properties);
    }

    /** Returns the tool with the name or, if the name is null or empty, the only tool. */
    public static Optional<ControlScripts> find(String name) {
        ControlScripts[] all =
                Jenkins.get().getDescriptorByType(DescriptorImpl.class).getInstallations();
        if (Util.fixEmpty(name) == null) {
            return all.length == 1 ? Optional.of(all[0]) : Optional.empty();
        }
        return Arrays.stream(all).filter(tool -> tool.getName().equals(name)).findFirst();
    }

    @Override
    public ControlScripts forNode(@NonNull Node node, TaskListener log) throws IOException, InterruptedException {
        return new ControlScripts(
                getName(), translateFor(node, log), getProperties().toList());
    }

    @Override
    public ControlScripts forEnvironment(EnvVars environment) {
        return new ControlScripts(
                getName(), environment.expand(getHome()), getProperties().toList());
    }

    /** Descriptor that stores the tools in Jenkins’ configuration. */
    @Extension
    @Symbol("octopodControlScripts")
    public static final class DescriptorImpl extends ToolDescriptor<ControlScripts> {

        public DescriptorImpl() {
            load();
        }

        @Override
        protected XmlFile getConfigFile() {
            return ScriptsXStream.file();
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ControlScripts_displayName();
        }

        @Override
        public void setInstallations(ControlScripts... installations) {
            super.setInstallations(installations);
            save();
        }
    }
}
