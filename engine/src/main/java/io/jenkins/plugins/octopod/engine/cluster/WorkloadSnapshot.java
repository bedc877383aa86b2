package io.jenkins.plugins.octopod.engine.cluster;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Something that keeps pods running, or has them work until they are done.
 *
 * @param desired how many pods there are to be; of a job, how many are to succeed
 * @param ready how many can serve; of a job, how many have succeeded
 * @param rolledOut whether all pods are made by its present description, as far as Kubernetes has got to it
 * @param scheduled whether a timetable has made it, so that its outcome says nothing of the staging
 * @param trouble why Kubernetes has given up, or can’t make pods; null where that isn’t so
 * @param images what its description says
 */
public record WorkloadSnapshot(
        Kind kind,
        String name,
        int desired,
        int ready,
        boolean rolledOut,
        boolean scheduled,
        String trouble,
        List<String> images) {

    /** Which ones there are; the words are Kubernetes’. */
    public enum Kind {
        DEPLOYMENT("Deployment"),
        STATEFUL_SET("StatefulSet"),
        JOB("Job");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public WorkloadSnapshot {
        images = List.copyOf(images);
    }

    WorkloadSnapshot withWords(UnaryOperator<String> edited) {
        return new WorkloadSnapshot(
                kind,
                name,
                desired,
                ready,
                rolledOut,
                scheduled,
                trouble == null ? null : edited.apply(trouble),
                images);
    }

    public boolean isJob() {
        return kind == Kind.JOB;
    }

    /** Whether it is all there. */
    public boolean isReady() {
        return ready >= desired;
    }

    /** Such as “Deployment web”. */
    public String title() {
        return kind.word() + ' ' + name;
    }
}
