package io.jenkins.plugins.octopod.kubernetes.client;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.octopod.ModuleInternal;

/** The service account of the pod that Jenkins runs in. */
@Extension
@ModuleInternal
public final class ControllerAccount {

    private volatile InClusterServiceAccount account = InClusterServiceAccount.ofThisProcess();

    static ControllerAccount get() {
        return ExtensionList.lookupSingleton(ControllerAccount.class);
    }

    InClusterServiceAccount account() {
        return account;
    }

    /** Replaces the account until {@link #reset}, for tests. */
    void replace(InClusterServiceAccount other) {
        account = other;
    }

    /** Reverts {@link #replace}. */
    void reset() {
        account = InClusterServiceAccount.ofThisProcess();
    }
}
