package io.jenkins.plugins.octopod.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Item;
import hudson.model.User;
import hudson.security.Permission;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.scripts.ControlScripts;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.MetaClass;

/**
 * A user with next to no permission sends what costs most, on many threads for minutes, and another user looks at pages meanwhile.
 * For comparison the same user also asks on as many threads for a page of Jenkins' own. Client, controller and agent share the
 * processors. {@code -Dattack.seconds=N} changes how long each attack lasts, {@code -Dattack.settle=N} how long the last phase does.
 */
@Tag("benchmark")
@WithJenkins
class AttackBenchmark {

    private static final int THREADS = 32;
    private static final int STAGINGS = 40;

    /** Between two requests of one thread: a client elsewhere does not get its answers at once. */
    private static final long PAUSE_MILLIS = 200;

    private static final long ATTACK_SECONDS = Long.getLong("attack.seconds", 125);
    private static final long IDLE_SECONDS = 15;

    /** Of the last phase: outcomes of background tasks are remembered for ten minutes. */
    private static final long SETTLE_SECONDS = Long.getLong("attack.settle", 20);

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new HashMap<>();
    private final Report report = new Report("attack");
    private JenkinsRule jenkins;

    private record Request(String method, String path, String body) {}

    @Test
    void othersPages(JenkinsRule rule) throws Exception {
        jenkins = rule;
        // As in production: the test harness has every view read and compiled anew for each request.
        MetaClass.NO_CACHE = false;
        setUp();
        measure("warm-up", IDLE_SECONDS, null, null);
        Map<String, LongFunction<Request>> attacks = new TreeMap<>();
        attacks.put("1 Overall/Read", AttackBenchmark::asVisitor);
        attacks.put("2 Job/Read", AttackBenchmark::asReader);
        attacks.put("3 Job/Create", AttackBenchmark::asCreator);
        measure("idle", IDLE_SECONDS, null, null);
        measure("0 any page", 40, "visitor", i -> new Request("GET", "whoAmI/api/json", null));
        for (Map.Entry<String, LongFunction<Request>> attack : attacks.entrySet()) {
            measure("idle", IDLE_SECONDS, null, null);
            String user = Map.of("1", "visitor", "2", "reader", "3", "creator")
                    .get(attack.getKey().substring(0, 1));
            measure(attack.getKey(), ATTACK_SECONDS, user, attack.getValue());
        }
        measure("idle", IDLE_SECONDS, null, null);
        Files.writeString(directory.resolve("go"), "");
        measure("idle, no script hangs", SETTLE_SECONDS, null, null);
        report.finish();
    }

    private void setUp() throws Exception {
        Path scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.CHECK, "exit 0")
                .path();
        String held = "while ! test -f '" + directory.resolve("go") + "'; do sleep 1; done; ";
        Path heldScripts = new ScriptDirectory(directory.resolve("hanging"))
                .with(ControlScript.CHECK, held + "exit 0")
                .with(ControlScript.CONFIG_CHECK, held + "exit 0")
                .with(ControlScript.APPLICATION_CONFIG, held + "echo A,1")
                .path();
        TestProject demo = TestProject.withScripts(jenkins, scripts);
        DumbSlave agent = demo.connectAgent("agent");
        agent.setNumExecutors(8);
        Staging model = demo.finished(demo.submit(Kind.CREATE, "model", "A=1")).getParent();
        demo = ManyStagings.fillUp(demo, model, STAGINGS);
        jenkins.jenkins
                .getDescriptorByType(ControlScripts.DescriptorImpl.class)
                .setInstallations(
                        new ControlScripts("demo", scripts.toString(), List.of()),
                        new ControlScripts("hanging", heldScripts.toString(), List.of()));
        OctopodProject hanging = jenkins.createProject(OctopodProject.class, "hanging");
        hanging.setAgentLabel(TestProject.LABEL);
        hanging.setControlScripts("demo");
        AcceptedRequest accepted = StagingService.submit(StagingRequest.of(hanging, "model", Kind.CREATE));
        demo.finished(accepted);
        hanging.setControlScripts("hanging");
        hanging.save();
        secure();
    }

    private void secure() throws IOException {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        Permission[] read = {Jenkins.READ, Item.READ};
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("visitor")
                .grant(read)
                .everywhere()
                .to("reader", "creator", "other")
                .grant(Item.CREATE)
                .everywhere()
                .to("creator"));
        for (String user : List.of("visitor", "reader", "creator", "other")) {
            tokens.put(user, jenkins.createApiToken(User.getById(user, true)));
        }
    }

    private static Request asVisitor(long i) {
        return switch ((int) (i % 4)) {
            case 0 -> submit("[\"" + "a".repeat(1 << 20) + "\"]"); // Refused for its length.
            case 1 -> submit("[" + String.join(",", Collections.nCopies(250, "\"" + "b".repeat(999) + "\"")) + "]");
            case 2 -> new Request("GET", "stagings/", null);
            default -> new Request("GET", "stagings/api/v2/stagings?limit=200", null);
        };
    }

    private static Request submit(String names) {
        return new Request("POST", "stagings/board/submit", "{\"operation\":\"archive\",\"stagings\":" + names + "}");
    }

    private static Request asReader(long i) {
        return switch ((int) (i % 5)) {
            case 0 -> new Request("GET", "job/hanging/octopod/api/v1/deployments/model/status", null);
            case 1 -> new Request("GET", "job/hanging/octopod/api/v1/deployments", null);
            case 2 ->
                new Request(
                        "POST",
                        "job/hanging/staging-form/submit",
                        "{\"wish\":\"MERGE\",\"names\":[\"nowhere\"],\"application\":[{\"key\":\"A\",\"value\":\""
                                + "c".repeat(1 << 20) + "\"}]}");
            case 3 -> new Request("GET", "job/hanging/view/Stagings/board/feed/", null);
            default -> new Request("GET", "stagings/api/v2/projects/hanging/stagings", null);
        };
    }

    private static Request asCreator(long i) {
        String overrides = "[[\"A\",{\"tag\":\"ValueAdded\",\"contents\":\"" + "d".repeat(90_000) + "\"}]]";
        return switch ((int) (i % 4)) {
            case 0 ->
                new Request(
                        "POST",
                        "job/hanging/octopod/api/v1/deployments",
                        "{\"name\":\"s" + i + "\",\"app_overrides\":" + overrides + ",\"deployment_overrides\":[]}");
            case 1 ->
                new Request(
                        "POST",
                        "job/hanging/staging-form/defaults",
                        "{\"deployment\":[{\"key\":\"A\",\"value\":\"" + i + "e".repeat(90_000) + "\"}]}");
            case 2 ->
                new Request(
                        "POST",
                        "job/hanging/octopod/api/v1/application_overrides",
                        "[[\"A\",\"" + i + "f".repeat(500_000) + "\"]]");
            default ->
                new Request("POST", "job/hanging/staging-form/checkName", "{\"name\":\"" + "g".repeat(200_000) + "\"}");
        };
    }

    /** @param attacker null for nobody */
    private void measure(String name, long seconds, String attacker, LongFunction<Request> attack) throws Exception {
        AtomicLong sent = new AtomicLong();
        Map<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 0; attack != null && i < THREADS; i++) {
            threads.submit(() -> {
                while (System.nanoTime() < end) {
                    int status =
                            send(attacker, attack.apply(sent.incrementAndGet())).statusCode();
                    statuses.computeIfAbsent(status, key -> new AtomicLong()).incrementAndGet();
                    Thread.sleep(PAUSE_MILLIS);
                }
                return null;
            });
        }
        List<Double> pages = new ArrayList<>();
        List<Double> feeds = new ArrayList<>();
        List<Double> checks = new ArrayList<>();
        while (System.nanoTime() < end) {
            pages.add(time("job/demo/"));
            feeds.add(time("job/demo/view/Stagings/board/feed/"));
            checks.add(time("job/demo/octopod/api/v1/deployments/model/status"));
            Thread.sleep(100);
        }
        threads.shutdown();
        threads.awaitTermination(2, TimeUnit.MINUTES);
        report.add(
                "phase",
                name,
                "requests",
                sent.get(),
                "answers",
                new TreeMap<>(statuses).toString().replace(", ", " "),
                "page ms",
                at(pages, 0.5),
                "page p95",
                at(pages, 0.95),
                "feed ms",
                at(feeds, 0.5),
                "feed p95",
                at(feeds, 0.95),
                "status ms",
                at(checks, 0.5),
                "status p95",
                at(checks, 0.95),
                "heap MB",
                heap());
        System.out.println(name + " " + statuses + " page " + at(pages, 0.5) + "/" + at(pages, 0.95) + " feed "
                + at(feeds, 0.5) + "/" + at(feeds, 0.95) + " status " + at(checks, 0.5) + "/" + at(checks, 0.95)
                + " heap " + heap());
    }

    private double time(String path) throws Exception {
        long start = System.nanoTime();
        assertEquals(200, send("other", new Request("GET", path, null)).statusCode(), path);
        return (System.nanoTime() - start) / 1e6;
    }

    private static double at(List<Double> times, double part) {
        List<Double> sorted = times.stream().sorted().toList();
        return sorted.get((int) (part * (sorted.size() - 1)));
    }

    /** What is in use after a collection, in megabytes. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }

    private HttpResponse<String> send(String user, Request request) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString((user + ':' + tokens.get(user)).getBytes());
        return http.send(
                HttpRequest.newBuilder(URI.create(jenkins.getURL() + request.path()))
                        .timeout(Duration.ofMinutes(2))
                        .header("Authorization", "Basic " + login)
                        .header("Content-Type", "application/json")
                        .method(
                                request.method(),
                                request.body() == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(request.body()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
