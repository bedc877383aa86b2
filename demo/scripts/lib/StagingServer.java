import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The application that the demo's control scripts deploy: a page that says which staging it is and how it is
 * configured, and keeps a count of visits and some notes in the staging's data directory. One file, so that any
 * JDK can run it: {@code java StagingServer.java DIRECTORY TOKEN}. The files in the directory are described in
 * {@code staging.sh}.
 */
public final class StagingServer {

    private static final int MAX_NOTES = 100;
    private static final int MAX_NOTE_LENGTH = 280;

    private final Path directory;
    private final String token;
    private final Config config;
    private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private int port;

    private StagingServer(Path directory, String token) throws IOException {
        this.directory = directory;
        this.token = token;
        this.config = Config.read(directory.resolve("config"));
    }

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        StagingServer server = new StagingServer(directory, args[1]);
        server.endWhenReplaced();
        server.listen();
    }

    /** Nobody may know this process's id any more: so it looks by itself whether it is still wanted. */
    private void endWhenReplaced() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        timer.scheduleWithFixedDelay(this::endIfReplaced, 0, 1, TimeUnit.SECONDS);
    }

    private void endIfReplaced() {
        try {
            if (Files.readString(directory.resolve("token")).strip().equals(token)) {
                return;
            }
        } catch (NoSuchFileException e) {
            // Archived, or the whole directory is gone.
        } catch (IOException e) {
            return; // Not a reason to end.
        }
        System.exit(0);
    }

    private void listen() throws IOException {
        HttpServer http = bind();
        port = http.getAddress().getPort();
        http.setExecutor(Executors.newFixedThreadPool(8));
        http.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            } catch (IOException | RuntimeException e) {
                System.err.println(Instant.now() + " " + exchange.getRequestURI() + ": " + e);
            }
        });
        http.start();
        replace(directory.resolve("served"), status());
        replace(directory.resolve("port"), port + " " + token + "\n");
        System.out.println(Instant.now() + " " + config.name() + " listens on port " + port);
    }

    /** On the port it had before, so that its link stays the same; on any other where that one has been taken. */
    private HttpServer bind() throws IOException {
        InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        try {
            String before = Files.readString(directory.resolve("port")).split(" ")[0];
            return HttpServer.create(new InetSocketAddress(loopback, Integer.parseInt(before)), 0);
        } catch (NoSuchFileException | BindException | IllegalArgumentException e) {
            return HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean get = exchange.getRequestMethod().equals("GET");
        String path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/healthz" -> send(exchange, isHealthy() ? 200 : 503, "text/plain", isHealthy() ? "ok\n" : "not well\n");
            case "/status" -> send(exchange, 200, "text/plain", status());
            case "/" -> send(exchange, 200, "text/html", page(get ? visit() : visits(), notes()));
            case "/notes" -> {
                if (!exchange.getRequestMethod().equals("POST")) {
                    send(exchange, 405, "text/plain", "Notes are posted here.\n");
                } else if (isFromElsewhere(exchange)) {
                    send(exchange, 403, "text/plain", "Notes are posted from this staging's own page.\n");
                } else {
                    addNote(formValue(exchange, "note"));
                    exchange.getResponseHeaders().set("Location", "/");
                    exchange.sendResponseHeaders(303, -1);
                }
            }
            default -> send(exchange, 404, "text/plain", "There is nothing here.\n");
        }
    }

    private static boolean isFromElsewhere(HttpExchange exchange) {
        String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private static String formValue(HttpExchange exchange, String key) throws IOException {
        String form = new String(exchange.getRequestBody().readNBytes(8192), StandardCharsets.UTF_8);
        for (String pair : form.split("&")) {
            if (pair.startsWith(key + "=")) {
                return URLDecoder.decode(pair.substring(key.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    // --- how it is -------------------------------------------------------------------------------------

    private boolean isHealthy() {
        return !config.deployment("demo.healthy", "true").equals("false") && Files.isWritable(directory.resolve("data"));
    }

    /** What the script check reads. */
    private String status() {
        String tag = config.deployment("image.tag", "").replace("\n", " ");
        return "token=" + token + "\ntag=" + tag + "\nhealthy=" + isHealthy() + "\n";
    }

    // --- what it stores --------------------------------------------------------------------------------

    private synchronized long visit() throws IOException {
        long visits = visits() + 1;
        replace(directory.resolve("data/visits"), visits + "\n");
        return visits;
    }

    private synchronized long visits() throws IOException {
        try {
            return Long.parseLong(Files.readString(directory.resolve("data/visits")).strip());
        } catch (NoSuchFileException | NumberFormatException e) {
            return 0;
        }
    }

    private synchronized void addNote(String text) throws IOException {
        String note = text.replaceAll("\\s+", " ").strip();
        if (note.isEmpty()) {
            return;
        }
        List<String> notes = new ArrayList<>(notes());
        notes.add(note.length() > MAX_NOTE_LENGTH ? note.substring(0, MAX_NOTE_LENGTH) + "…" : note);
        List<String> kept = notes.subList(Math.max(0, notes.size() - MAX_NOTES), notes.size());
        replace(directory.resolve("data/notes"), String.join("\n", kept) + "\n");
    }

    private synchronized List<String> notes() throws IOException {
        try {
            return Files.readString(directory.resolve("data/notes")).lines().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path beside = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".new");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    // --- the page --------------------------------------------------------------------------------------

    private String page(long visits, List<String> notes) {
        Color color = Color.of(config.application("COLOR", ""));
        String tag = config.deployment("image.tag", "");
        StringBuilder list = new StringBuilder();
        notes.forEach(note -> list.append("<li>").append(escape(note)).append("</li>\n"));
        return HEAD.replace("$LIGHT", color.light)
                        .replace("$DARK", color.dark)
                        .replace("$TITLE", escape(config.name() + (tag.isEmpty() ? "" : " · " + tag)))
                + "<header>\n<p>" + escape(config.project()) + " · staging</p>\n"
                + "<h1>" + escape(config.name()) + "</h1>\n"
                + "<p class=\"tag\" id=\"tag\">" + (tag.isEmpty() ? "no image tag" : escape(tag)) + "</p>\n"
                + "</header>\n"
                + "<p class=\"greeting\" id=\"greeting\">" + escape(config.application("GREETING", "")) + "</p>\n"
                + "<section>\n<h2>Kept in this staging</h2>\n"
                + "<p><strong id=\"visits\">" + visits + "</strong> " + (visits == 1 ? "visit" : "visits")
                + ". Archiving the staging and bringing it back doesn't lose them, nor the notes.</p>\n"
                + "<ul id=\"notes\">\n" + list + "</ul>\n"
                + "<form method=\"post\" action=\"/notes\">\n"
                + "<input name=\"note\" maxlength=\"" + MAX_NOTE_LENGTH
                + "\" required aria-label=\"A note\" placeholder=\"Leave a note\">\n"
                + "<button>Keep it</button>\n</form>\n</section>\n"
                + table("Application configuration", "application", config.application)
                + table("Deployment configuration", "deployment", config.deployment)
                + (config.application("DEBUG", "").equals("true") ? table("Debugging", "debug", debug()) : "")
                + "</main>\n</html>\n";
    }

    private Map<String, String> debug() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Process", Long.toString(ProcessHandle.current().pid()));
        facts.put("Port", Integer.toString(port));
        facts.put("Running since", started.toString());
        facts.put("Directory", directory.toString());
        facts.put("Java", Runtime.version().toString());
        return facts;
    }

    private static String table(String title, String id, Map<String, String> rows) {
        StringBuilder html = new StringBuilder("<section>\n<h2>" + title + "</h2>\n");
        if (rows.isEmpty()) {
            return html.append("<p>None.</p>\n</section>\n").toString();
        }
        html.append("<table id=\"").append(id).append("\">\n");
        rows.forEach((key, value) -> html.append("<tr><th scope=\"row\">")
                .append(escape(key))
                .append("</th><td>")
                .append(escape(value))
                .append("</td></tr>\n"));
        return html.append("</table>\n</section>\n").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static final String HEAD =
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,">
            <title>$TITLE</title>
            <style>
            :root {
              color-scheme: light dark;
              --accent: $LIGHT; --on-accent: #fff; --back: #f6f5f3; --card: #fff; --text: #1f2328; --faint: #656d76; --line: #d8dee4;
            }
            @media (prefers-color-scheme: dark) {
              :root { --accent: $DARK; --on-accent: #14171a; --back: #14171a; --card: #1d2125; --text: #e6e8ea; --faint: #9aa3ab; --line: #353b41; }
            }
            body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
            main { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }
            header { background: var(--accent); color: var(--on-accent); border-radius: .75rem; padding: 1.5rem; }
            header p { margin: 0; }
            h1 { margin: .25rem 0 .75rem; font-size: 2rem; line-height: 1.2; overflow-wrap: anywhere; }
            h2 { margin: 0 0 .5rem; font-size: 1rem; }
            .tag { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .75rem; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
            .greeting { margin: 1.5rem; font-size: 1.25rem; white-space: pre-wrap; overflow-wrap: anywhere; }
            section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.5rem; margin: 1rem 0; }
            section p { margin: 0 0 .5rem; }
            ul { margin: 0 0 .75rem; padding-left: 1.25rem; overflow-wrap: anywhere; }
            form { display: flex; gap: .5rem; }
            input { flex: 1; min-width: 0; padding: .5rem; font: inherit; color: inherit; background: var(--back); border: 1px solid var(--faint); border-radius: .375rem; }
            button { padding: .5rem 1rem; font: inherit; color: var(--on-accent); background: var(--accent); border: 0; border-radius: .375rem; cursor: pointer; }
            :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
            table { width: 100%; border-collapse: collapse; }
            th, td { padding: .25rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
            tr:first-child > * { border-top: 0; }
            th { width: 40%; padding-right: 1rem; color: var(--faint); font-weight: normal; overflow-wrap: anywhere; }
            td { font-family: ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
            </style>
            <main>
            """;

    /** What the application's key COLOR may be: config_check refuses others, the page takes the first for them. */
    private enum Color {
        ORANGE("#b04a00", "#ffa657"),
        RED("#b91c1c", "#ff9492"),
        GREEN("#15703a", "#6fdd8b"),
        TEAL("#0f6e66", "#5eead4"),
        BLUE("#1d4ed8", "#8ab4ff"),
        PURPLE("#7e22ce", "#d2a8ff");

        private final String light;
        private final String dark;

        Color(String light, String dark) {
            this.light = light;
            this.dark = dark;
        }

        static Color of(String name) {
            for (Color color : values()) {
                if (color.name().equalsIgnoreCase(name)) {
                    return color;
                }
            }
            return ORANGE;
        }
    }

    /** The file config: lines of KIND KEY=VALUE, with {@code \n} and {@code \\} for a line break and a backslash. */
    private record Config(String project, String name, Map<String, String> application, Map<String, String> deployment) {

        static Config read(Path file) throws IOException {
            Map<String, Map<String, String>> kinds = new LinkedHashMap<>();
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
                int blank = line.indexOf(' ');
                int equals = line.indexOf('=', blank);
                kinds.computeIfAbsent(line.substring(0, blank), kind -> new LinkedHashMap<>())
                        .put(unescape(line.substring(blank + 1, equals)), unescape(line.substring(equals + 1)));
            }
            return new Config(
                    kinds.get("project").get("name"),
                    kinds.get("staging").get("name"),
                    kinds.getOrDefault("application", Map.of()),
                    kinds.getOrDefault("deployment", Map.of()));
        }

        private static String unescape(String text) {
            StringBuilder plain = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\' && i + 1 < text.length()) {
                    c = text.charAt(++i) == 'n' ? '\n' : '\\';
                }
                plain.append(c);
            }
            return plain.toString();
        }

        String application(String key, String otherwise) {
            return application.getOrDefault(key, otherwise);
        }

        String deployment(String key, String otherwise) {
            return deployment.getOrDefault(key, otherwise);
        }
    }
}
