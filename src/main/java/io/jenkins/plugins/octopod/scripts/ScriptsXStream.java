package io.jenkins.plugins.octopod.scripts;

import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.octopod.StoredName;
import java.io.File;
import jenkins.model.Jenkins;

/**
 * Defines how the tools are stored: in a file and under names that do not depend on class names. Core stores all
 * descriptors with one private instance of XStream, so the tools have their own instance.
 */
final class ScriptsXStream {

    private static final String TOOL = "io.jenkins.plugins.octopod.scripts.ControlScripts";

    private static final XStream2 XSTREAM = new XStream2();

    static {
        StoredName.register("octopod-control-scripts", ControlScripts.class, TOOL, XSTREAM);
        // XStream adds the suffix to the name of the element type when it writes an array.
        XSTREAM.addCompatibilityAlias(TOOL + "-array", ControlScripts[].class);
        StoredName.register(
                "octopod-control-scripts-descriptor",
                ControlScripts.DescriptorImpl.class,
                TOOL + "$DescriptorImpl",
                XSTREAM);
        StoredName.register(
                "octopod-helm-scripts",
                HelmScriptsInstaller.class,
                "io.jenkins.plugins.octopod.scripts.HelmScriptsInstaller",
                XSTREAM);
    }

    private ScriptsXStream() {}

    /** Returns the file. Its name is the class name that core used for it. */
    static XmlFile file() {
        return new XmlFile(XSTREAM, new File(Jenkins.get().getRootDir(), TOOL + ".xml"));
    }
}
