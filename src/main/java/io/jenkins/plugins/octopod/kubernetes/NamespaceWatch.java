package io.jenkins.plugins.octopod.kubernetes;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.octopod.engine.cluster.ClusterWarning;
import io.jenkins.plugins.octopod.engine.cluster.LabelSelector;
import io.jenkins.plugins.octopod.engine.cluster.PodState;
import io.jenkins.plugins.octopod.engine.cluster.StagingWorkloads;
import io.jenkins.plugins.octopod.engine.cluster.WorkloadState;
import io.jenkins.plugins.octopod.staging.StagingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One namespace of a cluster: one informer for each kind, however many stagings are in it. Begins when it is made. Safe for
 * any thread; what is asked of it is answered from memory.
 */
final class NamespaceWatch {

    private static final Duration WARNINGS_KEPT = Duration.ofHours(1);
    private static final int MOST_WARNINGS = 20;

    private final String namespace;
    private final Consumer<Seat> changed;

    private final WatchedKind<Deployment> deployments;
    private final WatchedKind<StatefulSet> statefulSets;
    private final WatchedKind<Job> jobs;
    private final WatchedKind<Pod> pods;
    private final WatchedKind<Event> events;

    private final PodUsage usage;

    private volatile Seating seating = Seating.EMPTY;

    /** @param changed is told of each seat of which the cluster says something new, on a thread that it mustn’t hold */
    NamespaceWatch(KubernetesClient client, String namespace, Consumer<Seat> changed) {
        this.namespace = namespace;
        this.changed = changed;
        this.usage = new PodUsage(client, namespace, this::allChanged);
        Runnable turned = this::allChanged;
        deployments = new WatchedKind<>(
                "deployments",
                client.apps().deployments().inNamespace(namespace),
                Slim::deployment,
                object -> List.of(),
                this::objectChanged,
                turned);
        statefulSets = new WatchedKind<>(
                "statefulsets",
                client.apps().statefulSets().inNamespace(namespace),
                Slim::statefulSet,
                object -> List.of(),
                this::objectChanged,
                turned);
        jobs = new WatchedKind<>(
                "jobs",
                client.batch().v1().jobs().inNamespace(namespace),
                Slim::job,
                object -> List.of(),
                this::objectChanged,
                turned);
        pods = new WatchedKind<>(
                "pods",
                client.pods().inNamespace(namespace),
                Slim::pod,
                object -> List.of(),
                this::objectChanged,
                turned);
        events = new WatchedKind<>(
                "events",
                client.v1().events().inNamespace(namespace).withField("type", "Warning"),
                Slim::event,
                NamespaceWatch::topics,
                this::warned,
                turned);
    }

    String namespace() {
        return namespace;
    }

    /** What pods use, as far as the cluster measures it. */
    PodUsage usage() {
        return usage;
    }

    void seat(Collection<Seat> seats) {
        seating = new Seating(seats);
    }

    void close() {
        required().forEach(WatchedKind::stop);
        events.stop();
    }

    private Stream<WatchedKind<?>> required() {
        return Stream.of(deployments, statefulSets, jobs, pods);
    }

    /** Whether it is known what there is; warnings don’t count. */
    boolean isKnown() {
        return required().allMatch(WatchedKind::isKnown);
    }

    /** Why something isn’t known as it is now, in a sentence; null where all is. */
    @CheckForNull
    String trouble() {
        return required()
                .map(WatchedKind::trouble)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** As {@link #trouble}, of the warnings. */
    @CheckForNull
    String troubleWithWarnings() {
        return events.trouble();
    }

    /** Asks whether the account still may, and begins anew what had been refused. Blocks, for some seconds at most. */
    void ping() {
        String before = trouble();
        String warningsBefore = troubleWithWarnings();
        pods.ping();
        Stream.of(deployments, statefulSets, jobs, events)
                .filter(WatchedKind::isRefused)
                .forEach(WatchedKind::ping);
        if (!Objects.equals(before, trouble()) || !Objects.equals(warningsBefore, troubleWithWarnings())) {
            allChanged();
        }
    }

    /** Has all of its stagings looked at. */
    void allChanged() {
        seating.all().forEach(changed);
    }

    private void objectChanged(HasMetadata object) {
        seating.of(WatchedKind.labelsOf(object)).forEach(changed);
    }

    private void warned(Event event) {
        owner(event).map(WatchedKind::labelsOf).map(seating::of).ifPresent(seats -> seats.forEach(changed));
    }

    /** What it is about, where that is something that is watched. */
    private Optional<? extends HasMetadata> owner(Event event) {
        String name = event.getInvolvedObject().getName();
        return switch (Objects.requireNonNullElse(event.getInvolvedObject().getKind(), "")) {
            case "Pod" -> pods.named(namespace, name);
            case "Deployment" -> deployments.named(namespace, name);
            case "StatefulSet" -> statefulSets.named(namespace, name);
            case "Job" -> jobs.named(namespace, name);
            case "ReplicaSet" -> deployments.named(namespace, Translation.deploymentOf(name));
            default -> Optional.empty();
        };
    }

    /** Under which an event is looked for: {@code Pod/web-1}. */
    private static List<String> topics(Event event) {
        String kind = event.getInvolvedObject().getKind();
        String name = event.getInvolvedObject().getName();
        return List.of("ReplicaSet".equals(kind) ? "Deployment/" + Translation.deploymentOf(name) : kind + '/' + name);
    }

    /** What the cluster says of the objects with those labels. */
    StagingWorkloads workloads(LabelSelector selector) {
        List<Deployment> selectedDeployments = deployments.selected(selector);
        List<StatefulSet> selectedSets = statefulSets.selected(selector);
        List<Job> selectedJobs = jobs.selected(selector);
        List<Pod> selectedPods = pods.selected(selector);
        List<WorkloadState> workloads = new ArrayList<>();
        selectedDeployments.forEach(deployment -> workloads.add(Translation.of(deployment)));
        selectedSets.forEach(set -> workloads.add(Translation.of(set)));
        selectedJobs.forEach(job -> workloads.add(Translation.of(job)));
        workloads.sort(Comparator.comparing(WorkloadState::kind).thenComparing(WorkloadState::name));
        List<PodState> states = selectedPods.stream()
                .map(pod -> Translation.of(pod, isCounted(pod)))
                .sorted(Comparator.comparing(PodState::name))
                .toList();
        Stream<String> topics = Stream.concat(
                workloads.stream().map(workload -> workload.kind().word() + '/' + workload.name()),
                states.stream().map(pod -> "Pod/" + pod.name()));
        return new StagingWorkloads(workloads, states, warnings(topics));
    }

    /** Not where it works for a timetable’s job, whatever labels that has; or for one that is gone, as then it goes as well. */
    private boolean isCounted(Pod pod) {
        Optional<String> job = Translation.jobOf(pod);
        return job.isEmpty()
                || jobs.named(namespace, job.get())
                        .filter(found -> !Translation.isScheduled(found))
                        .isPresent();
    }

    private List<ClusterWarning> warnings(Stream<String> topics) {
        Instant oldest = StagingClock.now().minus(WARNINGS_KEPT);
        return topics.flatMap(topic -> events.about(topic).stream())
                .filter(event -> "Warning".equals(event.getType()))
                .map(Translation::of)
                .filter(warning -> warning.last().isAfter(oldest))
                .sorted(Comparator.comparing(ClusterWarning::last).reversed())
                .limit(MOST_WARNINGS)
                .toList();
    }
}
