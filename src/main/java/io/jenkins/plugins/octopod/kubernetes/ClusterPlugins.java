package io.jenkins.plugins.octopod.kubernetes;

import hudson.PluginManager;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** The plugins that clusters are spoken to with. Names no class of theirs. */
final class ClusterPlugins {

    static final String CLIENT = "kubernetes-client-api";
    static final String CREDENTIALS = "plain-credentials";

    private ClusterPlugins() {}

    static boolean areThere() {
        PluginManager plugins = Jenkins.get().getPluginManager();
        return Stream.of(CLIENT, CREDENTIALS).allMatch(plugin -> plugins.getPlugin(plugin) != null);
    }
}
