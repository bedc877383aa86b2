package io.jenkins.plugins.octopod.helm;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
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
import java.util.concurrent.atomic.AtomicInteger;

/** A repository of charts over HTTP, with the test's chart in it. */
final class ChartRepository implements AutoCloseable {

    private final Path helm;
    private final Path directory;
    private final HttpServer server;
    private final HttpContext context;
    private final AtomicInteger requests = new AtomicInteger();

    ChartRepository(Path helm, Path directory) throws Exception {
        this.helm = helm;
        this.directory = Files.createDirectories(directory);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        context = server.createContext("/", exchange -> {
            requests.incrementAndGet();
            Path file = directory.resolve(exchange.getRequestURI().getPath().substring(1));
            byte[] body = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(body.length > 0 ? 200 : 404, body.length > 0 ? body.length : -1);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        publish("1.2.3");
    }

    /** Adds the chart in that version. */
    void publish(String version) throws Exception {
        helm("package", HelmScripts.CHART.toString(), "--version", version, "--destination", directory.toString());
        helm("repo", "index", directory.toString());
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
        return "http://127.0.0.1:" + server.getAddress().getPort();
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
