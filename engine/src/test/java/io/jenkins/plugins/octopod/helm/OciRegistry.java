package io.jenkins.plugins.octopod.helm;

import com.sun.net.httpserver.BasicAuthenticator;
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
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@code helm pull} needs of an OCI registry, over HTTP: one chart in {@code charts/shop}, in one version, for who has the
 * password. There is no pushing, and no server that gives tokens.
 */
final class OciRegistry implements AutoCloseable {

    private static final String MANIFEST =
            """
            {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
             "config": {"mediaType": "application/vnd.cncf.helm.config.v1+json", "digest": "%s", "size": %d},
             "layers": [{"mediaType": "application/vnd.cncf.helm.chart.content.v1.tar+gzip", "digest": "%s", "size": %d}]}
            """;

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    /** By path. */
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();

    OciRegistry(Path chart, String version, String user, String password) throws Exception {
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
        server.createContext("/", this::answer).setAuthenticator(new BasicAuthenticator("registry") {
            @Override
            public boolean checkCredentials(String givenUser, String givenPassword) {
                return user.equals(givenUser) && password.equals(givenPassword);
            }
        });
        server.start();
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
