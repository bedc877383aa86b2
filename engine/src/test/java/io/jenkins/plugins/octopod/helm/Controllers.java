package io.jenkins.plugins.octopod.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Does at once what a cluster's controllers do in time: pods for Deployments and StatefulSets, their statuses, and a volume
 * for each StatefulSet. All in the namespace {@value #NAMESPACE}.
 */
final class Controllers {

    static final String NAMESPACE = "stagings";

    private static final String PODS = "/api/v1/namespaces/" + NAMESPACE + "/pods";
    private static final String REPLICA_SETS = "/apis/apps/v1/namespaces/" + NAMESPACE + "/replicasets";
    private static final String DAEMON_SETS = "/apis/apps/v1/namespaces/" + NAMESPACE + "/daemonsets";
    private static final String JOBS = "/apis/batch/v1/namespaces/" + NAMESPACE + "/jobs";
    private static final String EVENTS = "/api/v1/namespaces/" + NAMESPACE + "/events";
    private static final String VOLUMES = "/api/v1/namespaces/" + NAMESPACE + "/persistentvolumeclaims";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ClusterApi api;
    private volatile Set<String> broken = Set.of();
    private volatile String trouble = "";
    private volatile boolean stuck;
    private volatile Set<String> refused = Set.of();

    Controllers(ClusterApi api) {
        this.api = api;
    }

    /** From now on the pods of these workloads can't get their image. */
    void breakPods(String... workloads) {
        breakPods("{\"state\": {\"waiting\": {\"reason\": \"ImagePullBackOff\"}}}", List.of(workloads));
    }

    /** @param containerStatus what the cluster says of their containers from now on, as JSON */
    void breakPods(String containerStatus, List<String> workloads) {
        trouble = containerStatus;
        broken = Set.copyOf(workloads);
        reconcile();
    }

    /** From now on these workloads and Jobs get no pods, as where a quota is used up; or these pods aren't made. */
    void refusePods(String... names) {
        refused = Set.of(names);
        reconcile();
    }

    /** From now on pods stay as they are, whatever becomes of their workloads. */
    void stick() {
        stuck = true;
    }

    synchronized void reconcile() {
        if (stuck) {
            return;
        }
        Set<String> wanted = new HashSet<>();
        for (String kind : new String[] {"deployments", "statefulsets"}) {
            String path = "/apis/apps/v1/namespaces/" + NAMESPACE + "/" + kind;
            for (JsonNode workload : api.get(path).path("items")) {
                fillIn(path, workload);
            }
            for (JsonNode workload : api.get(path).path("items")) {
                reconcile(path, workload, wanted);
            }
        }
        for (JsonNode daemons : api.get(DAEMON_SETS).path("items")) {
            reconcileDaemons(daemons);
        }
        for (JsonNode job : api.get(JOBS).path("items")) {
            if (job.at("/metadata/annotations").has("helm.sh/hook")) {
                reconcileHook(job, wanted);
            }
        }
        for (JsonNode pod : api.get(PODS).path("items")) {
            String name = pod.at("/metadata/name").asText();
            if (!wanted.contains(name)) {
                api.delete(PODS + "/" + name);
            }
        }
    }

    /** Adds what a cluster has by default. */
    private void fillIn(String path, JsonNode workload) {
        String name = workload.at("/metadata/name").asText();
        if (!workload.at("/spec/replicas").isInt()) {
            ObjectNode one = JSON.objectNode().put("replicas", 1);
            api.patch(path + "/" + name, JSON.objectNode().set("spec", one));
        }
        if (path.endsWith("statefulsets") && !workload.at("/spec").has("updateStrategy")) {
            ObjectNode spec = JSON.objectNode();
            spec.putObject("updateStrategy").put("type", "RollingUpdate");
            api.patch(path + "/" + name, JSON.objectNode().set("spec", spec));
        }
    }

    private void reconcile(String path, JsonNode workload, Set<String> pods) {
        String name = workload.at("/metadata/name").asText();
        int replicas = workload.at("/spec/replicas").asInt();
        List<String> made = IntStream.range(0, replicas)
                .mapToObj(number -> name + "-" + number)
                .filter(pod -> !refused.contains(name) && !refused.contains(pod))
                .toList();
        int ready = broken.contains(name) ? 0 : made.size();
        ObjectNode status = JSON.objectNode()
                .put("observedGeneration", workload.at("/metadata/generation").asInt())
                .put("replicas", made.size())
                .put("currentReplicas", made.size())
                .put("updatedReplicas", made.size())
                .put("readyReplicas", ready)
                .put("availableReplicas", ready);
        status.putArray("conditions")
                .addObject()
                .put("type", "Available")
                .put("status", ready == replicas ? "True" : "False");
        report(path, workload, status);
        if (path.endsWith("deployments")) {
            replaceReplicaSet(workload, status);
        }
        if (refused.contains(name)) {
            refuse(workload);
            return;
        }
        for (String pod : made) {
            pods.add(pod);
            api.delete(PODS + "/" + pod);
            api.create(PODS, pod(pod, workload, ready > 0));
        }
        if (workload.at("/spec/volumeClaimTemplates").isArray()
                && api.get(VOLUMES + "/data-" + name + "-0").isMissingNode()) {
            JsonNode labels = workload.at("/spec/selector/matchLabels");
            api.create(VOLUMES, object("PersistentVolumeClaim", "data-" + name + "-0", labels));
        }
    }

    /** There is one node, without labels; what would run there isn't told. */
    private void reconcileDaemons(JsonNode daemons) {
        int nodes = daemons.at("/spec/template/spec/nodeSelector").isEmpty() ? 1 : 0;
        ObjectNode status = JSON.objectNode()
                .put("observedGeneration", daemons.at("/metadata/generation").asInt())
                .put("desiredNumberScheduled", nodes)
                .put("currentNumberScheduled", nodes)
                .put("updatedNumberScheduled", nodes)
                .put("numberAvailable", nodes)
                .put("numberReady", nodes);
        report(DAEMON_SETS, daemons, status);
    }

    /** The Job of a hook is over at once, unless its pods are broken or refused. */
    private void reconcileHook(JsonNode job, Set<String> pods) {
        String name = job.at("/metadata/name").asText();
        if (refused.contains(name)) {
            refuse(job);
        } else if (broken.contains(name)) {
            ObjectNode pod = pod(name + "-0", job, false);
            ObjectNode metadata = (ObjectNode) pod.path("metadata");
            metadata.putObject("labels").put("job-name", name);
            metadata.putArray("ownerReferences").addObject().put("kind", "Job").put("name", name);
            pods.add(name + "-0");
            if (api.get(PODS + "/" + name + "-0").isMissingNode()) {
                api.create(PODS, pod);
            }
        } else {
            ObjectNode status = JSON.objectNode().put("succeeded", 1);
            status.putArray("conditions").addObject().put("type", "Complete").put("status", "True");
            report(JOBS, job, status);
        }
    }

    private void refuse(JsonNode owner) {
        String name = owner.at("/metadata/name").asText();
        ObjectNode event = object("Event", name + ".1", JSON.objectNode())
                .put("reason", "FailedCreate")
                .put("message", "pods \"" + name + "-0\" is forbidden: exceeded quota");
        event.putObject("involvedObject")
                .put("kind", owner.path("kind").asText())
                .put("name", name)
                .put("uid", owner.at("/metadata/uid").asText());
        api.delete(EVENTS + "/" + name + ".1");
        api.create(EVENTS, event);
    }

    /** @param path of all of the kind */
    private void report(String path, JsonNode workload, ObjectNode status) {
        if (!workload.path("status").equals(status)) {
            String name = workload.at("/metadata/name").asText();
            api.patch(path + "/" + name, JSON.objectNode().set("status", status));
        }
    }

    private void replaceReplicaSet(JsonNode deployment, ObjectNode status) {
        String name = deployment.at("/metadata/name").asText();
        ObjectNode set = object("ReplicaSet", name, deployment.at("/spec/template/metadata/labels"));
        set.put("apiVersion", "apps/v1").set("spec", deployment.path("spec").deepCopy());
        set.set("status", status.deepCopy().put("observedGeneration", 1));
        ((ObjectNode) set.path("metadata"))
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "apps/v1")
                .put("kind", "Deployment")
                .put("name", name)
                .put("uid", deployment.at("/metadata/uid").asText())
                .put("controller", true);
        api.delete(REPLICA_SETS + "/" + name);
        api.create(REPLICA_SETS, set);
    }

    private ObjectNode pod(String name, JsonNode workload, boolean ready) {
        ObjectNode pod = object("Pod", name, workload.at("/spec/template/metadata/labels"));
        pod.set("spec", workload.at("/spec/template/spec"));
        ObjectNode status = pod.putObject("status").put("phase", ready ? "Running" : "Pending");
        ArrayNode conditions = status.putArray("conditions");
        conditions.addObject().put("type", "Ready").put("status", ready ? "True" : "False");
        if (!ready) {
            // Of a container, and of another one that was built with it.
            status.putArray("containerStatuses").add(ClusterApi.read(trouble)).add(ClusterApi.read(trouble));
        }
        return pod;
    }

    private static ObjectNode object(String kind, String name, JsonNode labels) {
        ObjectNode object = JSON.objectNode().put("apiVersion", "v1").put("kind", kind);
        object.putObject("metadata")
                .put("name", name)
                .put("namespace", NAMESPACE)
                .set("labels", labels);
        return object;
    }
}
