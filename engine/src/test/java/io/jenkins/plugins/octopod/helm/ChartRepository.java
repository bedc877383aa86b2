package io.jenkins.plugins.octopod.helm;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.octopod.engine.process.ScriptCommand;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.process.ScriptRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A repository of charts over HTTP, with the test's chart in it. */
final class ChartRepository implements AutoCloseable {

    private final Path helm;
    private final Path directory;
    private final String url;
    private final HttpServer server;
    private final HttpContext context;
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<String> passwords = ConcurrentHashMap.newKeySet();
    private volatile int refusal;

    ChartRepository(Path helm, Path directory) throws Exception {
        this(helm, directory, HttpServer.create(address(), 0), "http://127.0.0.1:");
    }

    /** Over TLS, with that certificate. */
    ChartRepository(Path helm, Path directory, TestCertificate certificate) throws Exception {
        this(helm, directory, certificate.server(address()), "https://localhost:");
    }

    private ChartRepository(Path helm, Path directory, HttpServer server, String host) throws Exception {
        this.helm = helm;
        this.directory = Files.createDirectories(directory);
        this.server = server;
        url = host + server.getAddress().getPort();
        context = server.createContext("/", this::answer);
        server.start();
        publish("1.2.3");
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .ifPresent(passwords::add);
        Path file = directory.resolve(exchange.getRequestURI().getPath().substring(1));
        boolean found = refusal == 0 && Files.exists(file);
        byte[] body = found ? Files.readAllBytes(file) : new byte[0];
        int code = found ? 200 : refusal == 0 ? 404 : refusal;
        exchange.sendResponseHeaders(code, body.length > 0 ? body.length : -1);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Adds the chart in that version. */
    void publish(String version) throws Exception {
        helm("package", HelmScripts.CHART.toString(), "--version", version, "--destination", directory.toString());
        helm("repo", "index", directory.toString());
    }

    /** Has the index name another address for the charts. */
    void chartsAreAt(String other) throws Exception {
        helm("repo", "index", directory.toString(), "--url", other);
    }

    /** Has it say that instead of an index. */
    void index(String text) throws IOException {
        Files.writeString(directory.resolve("index.yaml"), text);
    }

    /** Has it answer with that code, whatever it is asked; with 0, as it should. */
    void refuse(int code) {
        refusal = code;
    }

    /** Whether it was ever sent a user and a password. */
    boolean wasSentPassword() {
        return !passwords.isEmpty();
    }

    void askForPassword(String user, String password) {
        context.setAuthenticator(new BasicAuthenticator("charts") {
            @Override
            public boolean checkCredentials(String givenUser, String givenPassword) {
                return user.equals(givenUser) && password.equals(givenPassword);
            }
        });
    }

    String url() {
        return url;
    }

    int requests() {
        return requests.get();
    }

    private void helm(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(helm.toString()));
        words.addAll(List.of(arguments));
        ScriptResult result =
                new ScriptRunner(100_000).run(new ScriptCommand(words, directory, Map.of(), Duration.ofSeconds(60)));
        if (!result.isSuccess()) {
            throw new IOException(result.stderr());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
