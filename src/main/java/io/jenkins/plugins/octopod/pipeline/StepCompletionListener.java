package io.jenkins.plugins.octopod.pipeline;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.StagingRunParameters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells steps at once when the run that they wait for is done; and all of them when Jenkins stops. */
@Extension
@Restricted(NoExternalUse.class)
public final class StepCompletionListener extends RunListener<StagingRun> {

    /** By the id of their request. */
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

    /** On the thread of the run: the run and its log may be deleted right after this. */
    @Override
    public void onFinalized(StagingRun run) {
        StagingRunParameters parameters = run.parameters();
        ActionStepExecution step = parameters == null ? null : steps.get(parameters.getRequestId());
        if (step != null) {
            step.runEnded(run);
        }
    }

    /**
     * Before Pipelines are stored: what a step would copy after that, it would copy again after the restart, as it wouldn’t
     * know that it has.
     */
    @Extension
    public static final class ShutdownNotifier extends ItemListener {

        @Override
        public void onBeforeShutdown() {
            get().steps.values().forEach(ActionStepExecution::suspend);
        }
    }
}
