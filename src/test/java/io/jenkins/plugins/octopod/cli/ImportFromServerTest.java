package io.jenkins.plugins.octopod.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import hudson.cli.CLICommand;
import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import hudson.model.Items;
import io.jenkins.plugins.octopod.fixtures.OriginalForm;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Jenkins asks a server that plays the original; and one that is none. */
@WithSharedJenkins
class ImportFromServerTest {

    private static final String TOKEN = "Bearer of-the-original";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private TestProject demo;
    private HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        demo = TestProject.withScripts(rule, new ScriptDirectory(directory).path());
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CREATE)
                .everywhere()
                .to("mover"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] list = new OriginalForm().with("orange-button", "Running").bytes();
        answer("/octo/api/v1/deployments", exchange -> {
            boolean known = TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            send(exchange, known ? 200 : 401, known ? list : "no secret for you".getBytes(StandardCharsets.UTF_8));
        });
        answer("/open/api/v1/deployments", exchange -> send(exchange, 200, list));
        byte[] unprintable = new OriginalForm()
                .with("orange-button", "Running")
                .with("nul", "Running")
                .with("\u001b[31mred", "Running")
                .text()
                .replaceFirst("\"name\":\"app\"", "\"name\":\"a\\\\ufffep\\\\u001b[31mp\"")
                .replaceFirst("(\"nul\".*?)\"v1\"", "$1\"v\\\\u0000\"")
                .getBytes(StandardCharsets.UTF_8);
        answer("/unprintable/api/v1/deployments", exchange -> send(exchange, 200, unprintable));
        answer("/moved/api/v1/deployments", exchange -> {
            exchange.getResponseHeaders().set("Location", "/open/api/v1/deployments");
            send(exchange, 302, new byte[0]);
        });
        answer(
                "/page/api/v1/deployments",
                exchange -> send(exchange, 200, "<html>a secret page".getBytes(StandardCharsets.UTF_8)));
        answer("/endless/api/v1/deployments", ImportFromServerTest::sendForEver);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksWithTheHeaderOnStdin() {
        CLICommandInvoker.Result dry = run("admin", TOKEN + "\n", url("/octo/"), "--dry-run");
        assertEquals(0, dry.returnCode(), dry.toString());
        assertTrue(dry.stdout().contains("│ orange-button │ Running │ yes"), dry.stdout());
        assertEquals(
                List.of(), TestProject.files(demo.project.getRootDir().toPath().resolve("jobs")));
        assertEquals(0, run("admin", TOKEN, url("/octo")).returnCode());
        assertEquals("admin", demo.staging("orange-button").imported().by());
        assertEquals(List.of("/octo/api/v1/deployments", "/octo/api/v1/deployments"), asked);
    }

    @Test
    void withoutAHeader() {
        assertEquals(0, run("admin", "", url("/open")).returnCode());
    }

    @Test
    void whatCannotBeStoredIsReplacedOrRefused() throws Exception {
        CLICommandInvoker.Result result = run("admin", "", url("/unprintable"));
        assertTrue(
                result.stdout().contains("The value of “image.tag” has the character U+0000 in it"), result.toString());
        assertFalse(result.toString().contains("\u001b"), result.toString());
        assertEquals(
                List.of("orange-button"),
                TestProject.files(demo.project.getRootDir().toPath().resolve("jobs")));
        Staging stored =
                (Staging) Items.load(demo.project, demo.staging("orange-button").getRootDir());
        assertEquals("a\ufffdpp", stored.getLinks().get(0).name());
    }

    @Test
    void onlyAdministratorsSayWhomJenkinsAsks() {
        CLICommandInvoker.Result refused = run("mover", TOKEN, url("/octo"));
        assertEquals(6, refused.returnCode(), refused.toString());
        assertTrue(refused.stderr().contains("Overall/Administer"), refused.stderr());
        assertEquals(List.of(), asked);
    }

    @Test
    void whatItSaysIsntTold() {
        refused(5, "HTTP status 401", run("admin", "Bearer wrong", url("/octo")));
        refused(5, "HTTP status 404", run("admin", TOKEN, url("/nowhere")));
        refused(3, "This isn’t JSON", run("admin", TOKEN, url("/page")));
    }

    @Test
    void goesNowhereElse() {
        refused(5, "HTTP status 302", run("admin", TOKEN, url("/moved")));
        assertEquals(List.of("/moved/api/v1/deployments"), asked);
        String host = "127.0.0.1:" + server.getAddress().getPort();
        for (String no : new String[] {
            "file:///etc/passwd",
            "ftp://" + host,
            "jar:file:/tmp/x.jar!/",
            "http://",
            "//" + host,
            host,
            "http://user:password@" + host,
            "http://" + host + "/?a",
            "http://" + host + "/#a",
            "http://a b/"
        }) {
            refused(3, "The address can’t be used", run("admin", TOKEN, no));
        }
        refused(3, "can’t be a header", run("admin", "two\nlines", url("/octo")));
        assertEquals(1, asked.size());
    }

    @Test
    void doesntTakeInForEver() {
        refused(3, "longer than 16 MB", run("admin", "", url("/endless")));
    }

    @Test
    void nobodyThere() {
        String gone = url("/octo");
        server.stop(0);
        refused(5, "The original can’t be reached", run("admin", TOKEN, gone));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void answer(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            asked.add(exchange.getRequestURI().toString());
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Until nobody takes it any more. */
    private static void sendForEver(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
                body.write(spaces);
            }
        }
    }

    private CLICommandInvoker.Result run(String user, String stdin, String url, String... more) {
        CLICommand command = CLICommand.clone("octopod-import");
        command.setClientCharset(StandardCharsets.UTF_8);
        String[] arguments = new String[4 + more.length];
        List.of("-p", "demo", "--url", url).toArray(arguments);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return new CLICommandInvoker(jenkins, command)
                .asUser(user)
                .withStdin(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)))
                .invokeWithArgs(arguments);
    }

    private static void refused(int exitCode, String sentence, CLICommandInvoker.Result result) {
        assertEquals(exitCode, result.returnCode(), result.toString());
        assertTrue(result.stderr().contains(sentence), sentence + " in " + result);
        assertFalse((result.stdout() + result.stderr()).contains("secret"), result.toString());
        assertFalse(result.stderr().contains("\tat "), result.toString());
    }
}
