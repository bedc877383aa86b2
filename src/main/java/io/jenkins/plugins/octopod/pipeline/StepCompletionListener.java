package io.jenkins.plugins.octopod.pipeline;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Notifies waiting steps immediately when their run is finalized, and suspends all of them when Jenkins shuts down. */
@Extension
@Restricted(NoExternalUse.class)
public final class StepCompletionListener extends RunListener<StagingRun> {

    /** Waiting steps by the id of their request. */
    private final Map<String, ActionStepExecution> steps = new ConcurrentHashMap<>();

    static StepCompletionListener get() {
        return ExtensionList.lookupSingleton(StepCompletionListener.class);
    }

    void add(String requestId, ActionStepExecution step) {
        steps.put(requestId, step);
    }

    void remove(String requestId) {
        steps.remove(requestId);
    }

    /** Notifies the step on the run’s thread, because the run and its log might be deleted immediately afterwards. */
    @Override
    public void onFinalized(StagingRun run) {
        StagingRunParameters parameters = run.parameters();
        ActionStepExecution step = parameters == null ? null : steps.get(parameters.getRequestId());
        if (step != null) {
            step.runEnded(run);
        }
    }

    /**
     * Suspends waiting steps before Jenkins saves Pipelines on shutdown. Output that a step copied later would be
     * copied again after the restart, because the saved position would not include it.
     */
    @Extension
    public static final class ShutdownNotifier extends ItemListener {

        @Override
        public void onBeforeShutdown() {
            get().steps.values().forEach(ActionStepExecution::suspend);
        }
    }
}
