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
        return pod.word();
    }

    /** The class of the icon’s colour. */
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

    /** A Jenkins symbol that says the same as the colour. */
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

    /** Null where it is nowhere yet. */
    @CheckForNull
    public String getNode() {
        return pod.node();
    }

    public RelativeTime getAge() {
        return new RelativeTime(pod.since());
    }

    /** What its containers ask for; null if they ask for nothing. */
    @CheckForNull
    public Resources getRequested() {
        return Resources.NONE.equals(pod.requests()) ? null : pod.requests();
    }

    /** Null where that isn’t known. */
    @CheckForNull
    public Resources getUsed() {
        return used;
    }

    /** The one whose log says most: the first that isn’t well, else the first that serves. */
    public String getContainer() {
        return pod.containers().stream()
                .filter(container -> container.isCrashLooping() || container.restarts() > 0 && !container.ready())
                .findFirst()
                .or(() -> pod.containers().stream()
                        .filter(container -> !container.initial())
                        .findFirst())
                .map(ContainerSnapshot::name)
                .orElse("");
    }

    /** All of them, in their order, with commas between. */
    public String getContainers() {
        return String.join(
                ",", pod.containers().stream().map(ContainerSnapshot::name).toList());
    }
}
