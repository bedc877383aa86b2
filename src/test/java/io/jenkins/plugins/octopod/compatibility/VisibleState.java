package io.jenkins.plugins.octopod.compatibility;

import static io.jenkins.plugins.casc.misc.Util.getJenkinsRoot;
import static io.jenkins.plugins.casc.misc.Util.getToolRoot;
import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Everything that a user can see of projects, stagings and runs, as one JSON document. It contains no name of a class, so
 * that documents of different versions of the plugin can be compared.
 */
final class VisibleState {

    static final ObjectMapper MAPPER = new ObjectMapper();

    /** The directory that stands for the one where scripts and agents are. */
    static final String PLACE = "/srv/octopod";

    private static final List<String> PROJECTS = List.of("shop", "team/cellar");

    /** What depends on the agents that are connected, on the queue or on the time. */
    private static final Set<String> VOLATILE = Set.of(
            "_class",
            "buildable",
            "building",
            "configuration",
            "estimatedDuration",
            "executor",
            "healthReport",
            "inProgress",
            "inQueue",
            "queueItem",
            "seconds",
            "stale",
            "staleReason",
            "staleSince",
            "waitingFor");

    /** What the version that wrote the stored home did not show. */
    private static final Set<String> ADDED = Set.of("unclear");

    /** It is written in the time zone of Jenkins. */
    private static final Pattern DATE = Pattern.compile("(to be kept until|expiry date was reached:) [^\"\n]*");

    private static final Pattern PERIOD =
            Pattern.compile("data-key=\"([A-Z]\\w+-\\d{10,})\"(.*?)</li>", Pattern.DOTALL);

    private final Visitor client;
    private final String root;
    private final String place;

    private VisibleState(JenkinsRule jenkins, String place) throws Exception {
        this.client = Visitor.anonymous(jenkins);
        this.root = jenkins.getURL().toString();
        this.place = place;
    }

    /** @param place the directory where scripts and agents are */
    static ObjectNode of(JenkinsRule jenkins, String place) throws Exception {
        VisibleState state = new VisibleState(jenkins, place);
        ObjectNode all = MAPPER.createObjectNode();
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        state.putLines(all, "tools", yaml(getToolRoot(context).get("octopodControlScripts")));
        state.putLines(all, "projects", yaml(getUnclassifiedRoot(context).get("octopodProjects")));
        state.putLines(all, "views", yaml(getJenkinsRoot(context).get("views")));
        ObjectNode projects = all.putObject("items");
        for (String project : PROJECTS) {
            projects.set(project, state.project(project));
        }
        return all;
    }

    /**
     * As text that is the same in whatever order the keys are. Actions without data are left out: they aren’t stored, and
     * a new page has one.
     */
    static String sorted(JsonNode node) throws Exception {
        JsonNode copy = node.deepCopy();
        for (JsonNode owner : copy.findParents("actions")) {
            Iterator<JsonNode> actions = owner.path("actions").elements();
            while (actions.hasNext()) {
                if (actions.next().isEmpty()) {
                    actions.remove();
                }
            }
        }
        return MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .withDefaultPrettyPrinter()
                .writeValueAsString(MAPPER.treeToValue(copy, Object.class));
    }

    private static String yaml(CNode node) throws Exception {
        return toYamlString(node);
    }

    private ObjectNode project(String fullName) throws Exception {
        ObjectNode project = MAPPER.createObjectNode();
        String page = "job/" + fullName.replace("/", "/job/") + '/';
        String api = "stagings/api/v2/projects/" + fullName.replace('/', ':');
        JsonNode core = json(page + "api/json");
        project.set("core", core);
        project.set("api", json(api));
        Set<String> names = new TreeSet<>();
        core.path("jobs").forEach(job -> names.add(job.path("name").asText()));
        ObjectNode stagings = project.putObject("stagings");
        for (String name : names) {
            stagings.set(name, staging(page + "job/" + name + '/', api + "/stagings/" + name));
        }
        return project;
    }

    private ObjectNode staging(String page, String api) throws Exception {
        ObjectNode staging = MAPPER.createObjectNode();
        JsonNode core = json(page + "api/json");
        staging.set("core", core);
        staging.set("api", json(api));
        staging.set("lifetime", json(api + "/lifetime"));
        putHistory(staging, page);
        ObjectNode runs = staging.putObject("runs");
        for (JsonNode build : core.path("builds")) {
            String number = build.path("number").asText();
            runs.set(number, run(page + number + '/'));
        }
        staging.set("operations", operations(api));
        return staging;
    }

    private JsonNode operations(String api) throws Exception {
        JsonNode operations = json(api + "/operations");
        for (JsonNode operation : operations.path("operations")) {
            String state = operation.path("state").asText();
            if (state.equals("running") || state.equals("waiting")) {
                ((ObjectNode) operation).remove("state");
                continue;
            }
            String address = api + "/operations/" + operation.path("id").asText();
            for (String stream : List.of("stdout", "stderr")) {
                putLines((ObjectNode) operation, stream, text(address + "/log?stream=" + stream));
            }
        }
        return operations;
    }

    private ObjectNode run(String page) throws Exception {
        ObjectNode run = (ObjectNode) json(page + "api/json");
        if (run.path("result").isNull()) {
            run.remove(List.of("duration"));
        } else {
            putLines(run, "log", text(page + "consoleText"));
        }
        return run;
    }

    /** The statuses that the staging had, from its page: the status and its start, and what belongs to it. */
    private void putHistory(ObjectNode staging, String page) throws Exception {
        ArrayNode history = staging.putArray("history");
        Matcher periods = PERIOD.matcher(text(page));
        while (periods.find()) {
            String what = periods.group(2)
                    .replaceAll("(?s)<svg.*?</svg>|<time.*?</time>", "")
                    .replaceAll("(?s)<div class=\"octopod-second\">.*?</div>", "")
                    .replaceAll("<[^>]*>", " ")
                    .replaceAll("\\s+", " ")
                    .trim();
            history.add(periods.group(1) + ' ' + what);
        }
    }

    private void putLines(ObjectNode object, String name, String text) {
        ArrayNode lines = object.putArray(name);
        normalized(text).lines().forEach(lines::add);
    }

    private JsonNode json(String url) throws Exception {
        JsonNode answer = MAPPER.readTree(normalized(text(url)));
        strip(answer);
        return answer;
    }

    private String text(String url) throws Exception {
        HttpResponse<String> answer = client.get(url);
        if (answer.statusCode() >= 300) {
            throw new AssertionError(url + ": " + answer.statusCode() + ' ' + answer.body());
        }
        return answer.body();
    }

    private String normalized(String text) {
        return DATE.matcher(text.replace(root, "http://jenkins/").replace(place, PLACE))
                .replaceAll("$1 a date");
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(VOLATILE);
            object.remove(ADDED);
        }
        node.forEach(VisibleState::strip);
    }
}
