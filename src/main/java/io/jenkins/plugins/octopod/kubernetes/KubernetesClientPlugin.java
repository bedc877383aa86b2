package io.jenkins.plugins.octopod.kubernetes;

import io.jenkins.plugins.octopod.ModuleInternal;
import jenkins.model.Jenkins;

/** The optional plugin that contains the Kubernetes client. This class refers to no class of that plugin. */
@ModuleInternal
public final class KubernetesClientPlugin {

    public static final String CLIENT = "kubernetes-client-api";

    private KubernetesClientPlugin() {}

    public static boolean haveClient() {
        return Jenkins.get().getPluginManager().getPlugin(CLIENT) != null;
    }
}
