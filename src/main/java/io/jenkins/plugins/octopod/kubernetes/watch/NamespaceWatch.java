package io.jenkins.plugins.octopod.kubernetes.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.cluster.ClusterWarning;
import io.jenkins.plugins.octopod.engine.cluster.LabelSelector;
import io.jenkins.plugins.octopod.engine.cluster.PodSnapshot;
import io.jenkins.plugins.octopod.engine.cluster.StagingWorkloads;
import io.jenkins.plugins.octopod.engine.cluster.WorkloadSnapshot;
import io.jenkins.plugins.octopod.kubernetes.client.ByteBudget;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterFailure;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One namespace of a cluster: one informer for each kind, however many stagings are in it. Safe for any thread; what is asked of
 * it is answered from memory.
 */
@ModuleInternal
public final class NamespaceWatch {

    private static final Duration WARNINGS_RETENTION = Duration.ofHours(1);
    private static final int MAX_WARNINGS = 20;

    private final String namespace;
    private final Consumer<WatchedStaging> changed;

    private final ResourceInformer<Deployment> deployments;
    private final ResourceInformer<StatefulSet> statefulSets;
    private final ResourceInformer<Job> jobs;
    private final ResourceInformer<Pod> pods;
    private final ResourceInformer<Event> events;

    /** Accounts need not be allowed to read them. */
    private final ResourceInformer<DaemonSet> daemonSets;

    private final PodMetricsCache podMetrics;

    private volatile WatchedStagingIndex index = WatchedStagingIndex.EMPTY;

    /**
     * What the last probe found; null if a watch began or failed since, as the client doesn’t say when one that failed goes on.
     * Guarded by this.
     */
    @CheckForNull
    private Errors probed;

    private record Errors(
            @CheckForNull String error, @CheckForNull String warningsError) {}

    /**
     * Watches nothing before {@link #start}.
     *
     * @param budget for the objects that are kept
     * @param changed gets each staging for which the cluster reports a change, on a thread that it must not block
     */
    NamespaceWatch(KubernetesClient client, String namespace, ByteBudget budget, Consumer<WatchedStaging> changed) {
        this.namespace = namespace;
        this.changed = changed;
        this.podMetrics = new PodMetricsCache(client, namespace, this::allChanged);
        Runnable onStateChanged = this::stateChanged;
        Function<Throwable, String> sentences = e -> ClusterFailure.sentence(e, client.getConfiguration());
        deployments = new ResourceInformer<>(
                "deployments",
                client.apps().deployments().inNamespace(namespace),
                ObjectTrimmer::deployment,
                budget,
                object -> List.of(),
                sentences,
                this::objectChanged,
                onStateChanged);
        statefulSets = new ResourceInformer<>(
                "statefulsets",
                client.apps().statefulSets().inNamespace(namespace),
                ObjectTrimmer::statefulSet,
                budget,
                object -> List.of(),
                sentences,
                this::objectChanged,
                onStateChanged);
        jobs = new ResourceInformer<>(
                "jobs",
                client.batch().v1().jobs().inNamespace(namespace),
                ObjectTrimmer::job,
                budget,
                object -> List.of(),
                sentences,
                this::objectChanged,
                onStateChanged);
        pods = new ResourceInformer<>(
                "pods",
                client.pods().inNamespace(namespace),
                ObjectTrimmer::pod,
                budget,
                object -> List.of(),
                sentences,
                this::objectChanged,
                onStateChanged);
        events = new ResourceInformer<>(
                "events",
                client.v1().events().inNamespace(namespace).withField("type", "Warning"),
                ObjectTrimmer::event,
                budget,
                NamespaceWatch::topics,
                sentences,
                this::warned,
                onStateChanged);
        daemonSets = new ResourceInformer<>(
                "daemonsets",
                client.apps().daemonSets().inNamespace(namespace),
                ObjectTrimmer::daemonSet,
                budget,
                object -> List.of(),
                sentences,
                this::objectChanged,
                onStateChanged);
    }

    public String namespace() {
        return namespace;
    }

    /** What pods use, as far as the cluster measures it. */
    public PodMetricsCache usage() {
        return podMetrics;
    }

    void assign(Collection<WatchedStaging> watchedStagings) {
        index = new WatchedStagingIndex(watchedStagings);
    }

    /**
     * Begins the watches; waits for nothing.
     *
     * @throws OutOfMemoryError if no thread can be started; {@link #close} ends the watches that have begun
     */
    void start() {
        required().forEach(ResourceInformer::start);
        optional().forEach(ResourceInformer::start);
    }

    void close() {
        required().forEach(ResourceInformer::stop);
        optional().forEach(ResourceInformer::stop);
    }

    private Stream<ResourceInformer<?>> required() {
        return Stream.of(deployments, statefulSets, jobs, pods);
    }

    private Stream<ResourceInformer<?>> optional() {
        return Stream.of(daemonSets, events);
    }

    /** Whether it is known what there is; warnings don’t count, nor do DaemonSets that can’t be had. */
    public boolean isKnown() {
        return required().allMatch(ResourceInformer::isKnown) && (daemonSets.isKnown() || daemonSets.error() != null);
    }

    /** Why something isn’t known as it is now, in a sentence; null if all is. */
    @CheckForNull
    String error() {
        return required()
                .map(ResourceInformer::error)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** As {@link #error}, of the warnings. */
    @CheckForNull
    public String warningsError() {
        return events.error();
    }

    /** Asks whether the account still may, and begins anew what had been refused. Blocks, for some seconds at most. */
    void probe() {
        pods.probe();
        Stream.of(deployments, statefulSets, jobs, daemonSets, events)
                .filter(ResourceInformer::isIdle)
                .forEach(ResourceInformer::probe);
        if (isNew()) {
            allChanged();
        }
    }

    /** Looks and remembers at once: a watch that fails in between would be forgotten, and nothing tells when it goes on. */
    private synchronized boolean isNew() {
        Errors before = probed;
        probed = new Errors(error(), warningsError());
        return !probed.equals(before);
    }

    private void stateChanged() {
        synchronized (this) {
            probed = null;
        }
        allChanged();
    }

    /** Has all of its stagings looked at. */
    void allChanged() {
        index.all().forEach(changed);
    }

    private void objectChanged(HasMetadata object) {
        index.of(ResourceInformer.labelsOf(object)).forEach(changed);
    }

    private void warned(Event event) {
        owner(event)
                .map(ResourceInformer::labelsOf)
                .map(index::of)
                .ifPresent(watchedStagings -> watchedStagings.forEach(changed));
    }

    /** What it is about, where that is something that is watched. */
    private Optional<? extends HasMetadata> owner(Event event) {
        String name = event.getInvolvedObject().getName();
        return switch (Objects.requireNonNullElse(event.getInvolvedObject().getKind(), "")) {
            case "Pod" -> pods.byName(namespace, name);
            case "Deployment" -> deployments.byName(namespace, name);
            case "DaemonSet" -> daemonSets.byName(namespace, name);
            case "StatefulSet" -> statefulSets.byName(namespace, name);
            case "Job" -> jobs.byName(namespace, name);
            case "ReplicaSet" -> deployments.byName(namespace, WorkloadMapper.deploymentOf(name));
            default -> Optional.empty();
        };
    }

    /** Under which an event is looked for: {@code Pod/web-1}. */
    private static List<String> topics(Event event) {
        String kind = event.getInvolvedObject().getKind();
        String name = event.getInvolvedObject().getName();
        return List.of(
                "ReplicaSet".equals(kind) ? "Deployment/" + WorkloadMapper.deploymentOf(name) : kind + '/' + name);
    }

    /** What the cluster says of the objects with those labels. */
    StagingWorkloads workloads(LabelSelector selector) {
        List<Deployment> selectedDeployments = deployments.selected(selector);
        List<StatefulSet> selectedSets = statefulSets.selected(selector);
        // Of an account that may no more, what was known last doesn’t count: the pods count as themselves.
        List<DaemonSet> selectedDaemonSets = daemonSets.isIdle() ? List.of() : daemonSets.selected(selector);
        List<Job> selectedJobs = jobs.selected(selector);
        List<Pod> selectedPods = pods.selected(selector);
        List<WorkloadSnapshot> workloads = new ArrayList<>();
        selectedDeployments.forEach(deployment -> workloads.add(WorkloadMapper.of(deployment)));
        selectedSets.forEach(set -> workloads.add(WorkloadMapper.of(set)));
        selectedDaemonSets.forEach(set -> workloads.add(WorkloadMapper.of(set)));
        selectedJobs.forEach(job -> workloads.add(WorkloadMapper.of(job)));
        workloads.sort(Comparator.comparing(WorkloadSnapshot::kind).thenComparing(WorkloadSnapshot::name));
        List<PodSnapshot> states = selectedPods.stream()
                .map(pod -> WorkloadMapper.of(pod, isCounted(pod)))
                .sorted(Comparator.comparing(PodSnapshot::name))
                .toList();
        Stream<String> topics = Stream.concat(
                workloads.stream().map(workload -> workload.kind().word() + '/' + workload.name()),
                states.stream().map(pod -> "Pod/" + pod.name()));
        return new StagingWorkloads(workloads, states, warnings(topics));
    }

    /** Not where it works for a timetable’s job, whatever labels that has; or for one that is gone, as then it goes as well. */
    private boolean isCounted(Pod pod) {
        Optional<String> job = WorkloadMapper.jobOf(pod);
        return job.isEmpty()
                || jobs.byName(namespace, job.get())
                        .filter(found -> !WorkloadMapper.isScheduled(found))
                        .isPresent();
    }

    private List<ClusterWarning> warnings(Stream<String> topics) {
        Instant oldest = StagingClock.now().minus(WARNINGS_RETENTION);
        return topics.flatMap(topic -> events.byTopic(topic).stream())
                .filter(event -> "Warning".equals(event.getType()))
                .map(WorkloadMapper::of)
                .filter(warning -> warning.last().isAfter(oldest))
                .sorted(Comparator.comparing(ClusterWarning::last).reversed())
                .limit(MAX_WARNINGS)
                .toList();
    }
}
