package io.jenkins.plugins.octopod.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.octopod.pipeline.execution.WhenBusy;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.request.BuildAccess;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jvnet.localizer.Localizable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Base class of all steps’ descriptors, with the form’s common fields. */
public abstract class AbstractStagingStepDescriptor extends StepDescriptor {

    private final String functionName;
    private final Localizable displayName;

    AbstractStagingStepDescriptor(String functionName, Localizable displayName) {
        this.functionName = functionName;
        this.displayName = displayName;
    }

    @Override
    public final String getFunctionName() {
        return functionName;
    }

    @NonNull
    @Override
    public final String getDisplayName() {
        return displayName.toString();
    }

    /**
     * Returns the required context. A step needs no workspace or agent, so it works inside and outside of {@code node}.
     */
    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    @Override
    public String argumentsToString(@NonNull Map<String, Object> arguments) {
        String text = Stream.of("project", "name")
                .map(arguments::get)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.joining("/"));
        return Util.fixEmpty(text);
    }

    /**
     * Returns the projects that the current user can see and a build of this job can use, and the step’s current
     * project.
     */
    @POST
    public ListBoxModel doFillProjectItems(@AncestorInPath Item job, @QueryParameter String project) {
        ListBoxModel items = new ListBoxModel();
        boolean limited = job != null && actsForNoUser(job);
        for (OctopodProject visible : Jenkins.get().allItems(OctopodProject.class)) {
            if (!limited || BuildAccess.letsUse(visible, job)) {
                items.add(visible.getFullDisplayName(), visible.getFullName());
            }
        }
        String current = Util.fixEmptyAndTrim(project);
        if (current != null && items.stream().noneMatch(item -> item.value.equals(current))) {
            items.add(current);
        }
        return items;
    }

    /**
     * Returns whether builds of the job act as no user, as far as the configured authenticators show it without a
     * build.
     *
     * @param job a job, or a folder whose jobs are configured alike
     */
    private static boolean actsForNoUser(Item job) {
        return job instanceof Queue.Task task
                ? Tasks.getAuthenticationOf2(task).equals(ACL.SYSTEM2)
                : QueueItemAuthenticatorConfiguration.get().getAuthenticators().isEmpty();
    }

    /** Returns what a step can do while its staging is busy. The form of {@code octopodStatus} doesn’t show it. */
    @POST
    public ListBoxModel doFillWhenBusyItems() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.AbstractActionStep_wait(), WhenBusy.WAIT.word());
        items.add(Messages.AbstractActionStep_fail(), WhenBusy.FAIL.word());
        items.add(Messages.AbstractActionStep_abort(), WhenBusy.ABORT.word());
        return items;
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.error(Messages.AbstractStagingStepDescriptor_noName())
                : FormValidation.ok();
    }
}
