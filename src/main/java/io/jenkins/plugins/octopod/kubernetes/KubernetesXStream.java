package io.jenkins.plugins.octopod.kubernetes;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Items;
import io.jenkins.plugins.octopod.StoredName;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Registers the name under which a project’s cluster is stored, also without the client’s plugin. */
@Restricted(NoExternalUse.class)
public final class KubernetesXStream {

    private KubernetesXStream() {}

    /** Registers the name before the first project is read. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void register() {
        StoredName.register(
                "octopod-cluster",
                ClusterProperty.class,
                "io.jenkins.plugins.octopod.kubernetes.ClusterProperty",
                Items.XSTREAM2);
    }
}
