package io.jenkins.plugins.octopod.kubernetes;

import jenkins.model.Jenkins;

/** The plugin that clusters are spoken to with, which needn’t be there. Names no class of it. */
final class KubernetesClientPlugin {

    static final String CLIENT = "kubernetes-client-api";

    private KubernetesClientPlugin() {}

    static boolean haveClient() {
        return Jenkins.get().getPluginManager().getPlugin(CLIENT) != null;
    }
}
