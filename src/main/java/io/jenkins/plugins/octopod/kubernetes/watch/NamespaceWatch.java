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
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Watch of one namespace of a cluster, with one informer for each kind, independent of the number of stagings.
 * Thread-safe. Reads are answered from memory.
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

    /** Optional: the account need not have the permission to read DaemonSets. */
    private final ResourceInformer<DaemonSet> daemonSets;

    private final PodMetricsCache podMetrics;

    private volatile WatchedStagingIndex index = WatchedStagingIndex.EMPTY;

    /**
     * Errors at the last probe. Null if a watch has begun or failed since then, because the client doesn’t report when
     * a failed watch recovers. Guarded by this.
     */
    @CheckForNull
    private Errors probed;

    private record Errors(
            @CheckForNull String error, @CheckForNull String warningsError) {}

    /**
     * Creates the watch, which watches nothing before {@link #start}.
     *
     * @param budget memory for the objects that are kept
     * @param changed gets each staging for which the cluster reports a change, on a thread that it must not block
     */
    NamespaceWatch(KubernetesClient client, String namespace, ByteBudget budget, Consumer<WatchedStaging> changed) {
        this.namespace = namespace;
        this.changed = changed;
        this.podMetrics = new PodMetricsCache(client, namespace, this::allChanged);
        ResourceInformer.Shared shared = new ResourceInformer.Shared(
                budget, e -> ClusterFailure.sentence(e, client.getConfiguration()), this::stateChanged);
        deployments = informer(
                "deployments", client.apps().deployments().inNamespace(namespace), ObjectTrimmer::deployment, shared);
        statefulSets = informer(
                "statefulsets",
                client.apps().statefulSets().inNamespace(namespace),
                ObjectTrimmer::statefulSet,
                shared);
        jobs = informer("jobs", client.batch().v1().jobs().inNamespace(namespace), ObjectTrimmer::job, shared);
        pods = informer("pods", client.pods().inNamespace(namespace), ObjectTrimmer::pod, shared);
        events = new ResourceInformer<>(
                "events",
                client.v1().events().inNamespace(namespace).withField("type", "Warning"),
                ObjectTrimmer::event,
                NamespaceWatch::topics,
                this::warned,
                shared);
        daemonSets = informer(
                "daemonsets", client.apps().daemonSets().inNamespace(namespace), ObjectTrimmer::daemonSet, shared);
    }

    /** Creates the informer of a kind that is found by its labels only. */
    private <T extends HasMetadata> ResourceInformer<T> informer(
            String resource,
            FilterWatchListDeletable<T, ?, ?> objects,
            UnaryOperator<T> trimmer,
            ResourceInformer.Shared shared) {
        return new ResourceInformer<>(resource, objects, trimmer, object -> List.of(), this::objectChanged, shared);
    }

    public String namespace() {
        return namespace;
    }

    /** Returns the resource usage of pods, as far as the cluster measures it. */
    public PodMetricsCache usage() {
        return podMetrics;
    }

    void assign(Collection<WatchedStaging> watchedStagings) {
        index = new WatchedStagingIndex(watchedStagings);
    }

    /**
     * Starts the watches, without waiting for their first lists.
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

    /**
     * Returns whether the first lists are complete. Warnings are not required, nor are DaemonSets if they can’t be
     * read.
     */
    public boolean isKnown() {
        return required().allMatch(ResourceInformer::isKnown) && (daemonSets.isKnown() || daemonSets.error() != null);
    }

    /** Returns a sentence about why the objects can be out of date; null if they are current. */
    @CheckForNull
    String error() {
        return required()
                .map(ResourceInformer::error)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns a sentence about why the warnings can be out of date; null if they are current. */
    @CheckForNull
    public String warningsError() {
        return events.error();
    }

    /**
     * Checks whether the cluster still allows access to pods, and restarts the informers that have stopped. Blocks for
     * some seconds for each request at most.
     */
    void probe() {
        pods.probe();
        Stream.of(deployments, statefulSets, jobs, daemonSets, events)
                .filter(ResourceInformer::isIdle)
                .forEach(ResourceInformer::probe);
        if (isNew()) {
            allChanged();
        }
    }

    /**
     * Returns whether the errors differ from those at the last probe, and stores them in the same step. Otherwise the
     * failure of a watch in between would be overwritten, and no event reports its recovery.
     */
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

    /** Queues all stagings of the namespace for an update of their status. */
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

    /** Returns the object that the event is about, if the object is watched. */
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

    /** Returns the index keys of an event, such as {@code Pod/web-1}. */
    private static List<String> topics(Event event) {
        String kind = event.getInvolvedObject().getKind();
        String name = event.getInvolvedObject().getName();
        return List.of(
                "ReplicaSet".equals(kind) ? "Deployment/" + WorkloadMapper.deploymentOf(name) : kind + '/' + name);
    }

    /** Returns the state of the objects that match the selector. */
    StagingWorkloads workloads(LabelSelector selector) {
        List<Deployment> selectedDeployments = deployments.selected(selector);
        List<StatefulSet> selectedSets = statefulSets.selected(selector);
        // DaemonSets that the account may no longer read are out of date, so their pods count instead.
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
                .map(pod -> isCounted(pod) ? WorkloadMapper.of(pod) : WorkloadMapper.ofUncounted(pod))
                .sorted(Comparator.comparing(PodSnapshot::name))
                .toList();
        Stream<String> topics = Stream.concat(
                workloads.stream().map(workload -> workload.kind().word() + '/' + workload.name()),
                states.stream().map(pod -> "Pod/" + pod.name()));
        return new StagingWorkloads(workloads, states, warnings(topics));
    }

    /**
     * Returns whether the pod counts. Pods of a CronJob’s jobs don’t, regardless of their labels. Pods of a deleted job
     * don’t either, because they will be deleted with it.
     */
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
