package io.jenkins.plugins.octopod.helm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@code helm pull} needs of an OCI registry, over HTTP: one chart in {@code charts/shop}, in one version, for who has the
 * password. It either asks for the password itself, or for a token that {@code /token} gives for it, as hosted registries do. There
 * is no pushing.
 */
final class OciRegistry implements AutoCloseable {

    private static final String MANIFEST =
            """
            {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
             "config": {"mediaType": "application/vnd.cncf.helm.config.v1+json", "digest": "%s", "size": %d},
             "layers": [{"mediaType": "application/vnd.cncf.helm.chart.content.v1.tar+gzip", "digest": "%s", "size": %d}]}
            """;

    private static final String TOKEN = "token-of-ann";

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final String basic;

    /** By path. */
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();

    /** What it asks for. */
    enum Asks {
        PASSWORD,
        TOKEN
    }

    OciRegistry(Asks asks, Path chart, String version, String user, String password) throws Exception {
        basic = "Basic " + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
        byte[] content = Files.readAllBytes(chart);
        byte[] config = "{\"name\":\"shop\",\"version\":\"%s\",\"apiVersion\":\"v2\"}"
                .formatted(version)
                .getBytes(StandardCharsets.UTF_8);
        byte[] manifest = MANIFEST.formatted(digest(config), config.length, digest(content), content.length)
                .getBytes(StandardCharsets.UTF_8);
        answers.put("/v2/", new byte[] {'{', '}'});
        answers.put(
                "/v2/charts/shop/tags/list",
                "{\"name\":\"charts/shop\",\"tags\":[\"%s\"]}"
                        .formatted(version)
                        .getBytes(StandardCharsets.UTF_8));
        answers.put("/v2/charts/shop/manifests/" + version, manifest);
        answers.put("/v2/charts/shop/manifests/" + digest(manifest), manifest);
        answers.put("/v2/charts/shop/blobs/" + digest(config), config);
        answers.put("/v2/charts/shop/blobs/" + digest(content), content);
        String challenge = asks == Asks.PASSWORD
                ? "Basic realm=\"registry\""
                : "Bearer realm=\"http://%s/token\",service=\"registry\"".formatted(host());
        server.createContext(
                "/", exchange -> answerTo(exchange, asks == Asks.PASSWORD ? basic : "Bearer " + TOKEN, challenge));
        server.createContext("/token", this::giveToken);
        server.start();
    }

    private void answerTo(HttpExchange exchange, String authorization, String challenge) throws IOException {
        if (authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange);
        } else {
            exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        }
    }

    /** Who doesn't say who they are gets one as well, with which they may read nothing. */
    private void giveToken(HttpExchange exchange) throws IOException {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (given == null || given.equals(basic)) {
            byte[] body = "{\"token\":\"%s\"}"
                    .formatted(given == null ? "anonymous" : TOKEN)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } else {
            exchange.sendResponseHeaders(401, -1);
        }
        exchange.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = answers.get(path);
        int code = body == null ? path.startsWith("/v2/denied/") ? 403 : 404 : 200;
        if (body == null) {
            String error = code == 403 ? "DENIED" : "NAME_UNKNOWN";
            body = "{\"errors\":[{\"code\":\"%s\"}]}".formatted(error).getBytes(StandardCharsets.UTF_8);
        } else if (path.contains("/manifests/")) {
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.oci.image.manifest.v1+json");
            exchange.getResponseHeaders().set("Docker-Content-Digest", digest(body));
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
        }
        exchange.sendResponseHeaders(code, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
