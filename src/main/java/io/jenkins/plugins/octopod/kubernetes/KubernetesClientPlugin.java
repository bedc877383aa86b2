package io.jenkins.plugins.octopod.kubernetes;

import jenkins.model.Jenkins;

/** The optional plugin that contains the Kubernetes client. This class refers to no class of that plugin. */
final class KubernetesClientPlugin {

    static final String CLIENT = "kubernetes-client-api";

    private KubernetesClientPlugin() {}

    static boolean haveClient() {
        return Jenkins.get().getPluginManager().getPlugin(CLIENT) != null;
    }
}
