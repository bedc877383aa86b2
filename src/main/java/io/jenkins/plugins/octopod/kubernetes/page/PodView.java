package io.jenkins.plugins.octopod.kubernetes.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.cluster.ContainerSnapshot;
import io.jenkins.plugins.octopod.engine.cluster.PodSnapshot;
import io.jenkins.plugins.octopod.engine.cluster.Resources;
import io.jenkins.plugins.octopod.staging.support.RelativeTime;
import java.util.List;

/** View model of a pod. */
public final class PodView {

    private final PodSnapshot pod;

    @CheckForNull
    private final Resources used;

    PodView(PodSnapshot pod, @CheckForNull Resources used) {
        this.pod = pod;
        this.used = used;
    }

    public String getName() {
        return pod.name();
    }

    public String getWord() {
        return pod.displayStatus();
    }

    /** Returns the CSS class for the icon’s color. */
    public String getColorClass() {
        if (pod.deleting() || "Succeeded".equals(pod.phase())) {
            return "jenkins-!-text-color-secondary";
        }
        boolean broken = "Failed".equals(pod.phase())
                || pod.unschedulable() != null
                || pod.containers().stream()
                        .anyMatch(container ->
                                container.isCrashLooping() || container.isImageMissing() || container.isUnstartable());
        return broken ? "jenkins-!-error-color" : pod.ready() ? "jenkins-!-success-color" : "jenkins-!-warning-color";
    }

    /** Returns the Jenkins symbol with the same meaning as the color. */
    public String getIcon() {
        return switch (getColorClass()) {
            case "jenkins-!-error-color" -> "symbol-close-circle-outline plugin-ionicons-api";
            case "jenkins-!-success-color" -> "symbol-checkmark-circle-outline plugin-ionicons-api";
            case "jenkins-!-warning-color" -> "symbol-time-outline plugin-ionicons-api";
            default -> "symbol-ellipse-outline plugin-ionicons-api";
        };
    }

    public boolean isReady() {
        return pod.ready();
    }

    public int getRestarts() {
        return pod.restarts();
    }

    public List<String> getImages() {
        return pod.images();
    }

    /** Returns the pod’s node; null if the pod isn’t scheduled yet. */
    @CheckForNull
    public String getNode() {
        return pod.node();
    }

    public RelativeTime getAge() {
        return new RelativeTime(pod.since());
    }

    /** Returns the resources that the pod’s containers request; null if none. */
    @CheckForNull
    public Resources getRequested() {
        return Resources.NONE.equals(pod.requests()) ? null : pod.requests();
    }

    /** Returns the resources that the pod uses; null if unknown. */
    @CheckForNull
    public Resources getUsed() {
        return used;
    }

    /**
     * Returns the container with the most relevant log: the first unhealthy one, or else the first that isn’t an init
     * container.
     */
    public String getContainer() {
        return pod.containers().stream()
                .filter(container -> container.isCrashLooping() || container.restarts() > 0 && !container.ready())
                .findFirst()
                .or(() -> pod.containers().stream()
                        .filter(container -> !container.initContainer())
                        .findFirst())
                .map(ContainerSnapshot::name)
                .orElse("");
    }

    /** Returns the names of all containers in their order, separated by commas. */
    public String getContainers() {
        return String.join(
                ",", pod.containers().stream().map(ContainerSnapshot::name).toList());
    }
}
