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
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form that all the steps begin with. */
public abstract class AbstractStagingStepDescriptor extends StepDescriptor {

    /** No workspace and no agent: a step works inside of {@code node} and outside. */
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

    /** The projects that the current user may see and a build of this job may use, and the one that the step has. */
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
     * Whether builds of the job act for no user, as far as an administrator’s configuration decides that without a build.
     *
     * @param job a job, or the folder of jobs that are alike
     */
    private static boolean actsForNoUser(Item job) {
        return job instanceof Queue.Task task
                ? Tasks.getAuthenticationOf2(task).equals(ACL.SYSTEM2)
                : QueueItemAuthenticatorConfiguration.get().getAuthenticators().isEmpty();
    }

    /** What a step can do while something else is at work on its staging; {@code octopodStatus} doesn’t show it. */
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
