package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.octopod.fixtures.OpenApi;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables that the other tests go through, as a page for readers. With {@code -Doctopod.permissions.write=true} it writes the
 * page anew.
 */
class PermissionPageTest {

    private static final Path PAGE = Path.of("docs/permissions.md");

    /** One line of a table. */
    private record Line(String what, String actsAs, Set<Role> allowed, boolean personal) {

        Line(String what, String actsAs, Set<Role> allowed) {
            this(what, actsAs, allowed, false);
        }

        private String markdown() {
            return Stream.concat(
                            Stream.of('`' + what.replace("|", "\\|") + '`', actsAs),
                            Arrays.stream(Role.values()).map(this::mark))
                    .collect(Collectors.joining(" | ", "| ", " |"));
        }

        private String mark(Role role) {
            boolean may = personal ? allowed.contains(role) : PermissionRow.isAmong(role, allowed);
            return may ? "yes" : "";
        }
    }

    @Test
    void thePageSaysWhatTheTestsTry() throws Exception {
        String page = page();
        if (Boolean.getBoolean("octopod.permissions.write")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "write it anew with -Doctopod.permissions.write=true");
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Who may do what

                This page is made from the tables of the tests (`src/test/…/permissions`), which try each line as each role. What the roles
                and the words under *Acts as* mean is below. [security.md](security.md) says what this protects, and what it doesn't.

                """);
        page.append("| Role | Has |\n|---|---|\n");
        for (Role role : Role.values()) {
            page.append("| ")
                    .append(title(role))
                    .append(" | ")
                    .append(role.permissionNames())
                    .append(" |\n");
        }
        page.append("""

                | Acts as | Means |
                |---|---|
                """);
        for (ActsAs actsAs : ActsAs.values()) {
            page.append("| ")
                    .append(actsAs.word())
                    .append(" | ")
                    .append(actsAs.meaning())
                    .append(" |\n");
        }
        table(page, "Pages and what they send", PermissionTable.rows().stream().map(PermissionPageTest::line));
        table(
                page,
                "What the table of stagings sends (`…/board/submit`)",
                PermissionTable.boardOperations().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new Line(
                                entry.getKey(), ActsAs.of(entry.getKey()).word(), entry.getValue())));
        table(
                page,
                "Pipeline steps, in a build that acts as this role",
                StepPermissionsTest.ROWS.stream()
                        .map(row ->
                                new Line(row.step().replace("{name}", "busy"), ActsAs.BUILD.word(), row.allowed())));
        table(
                page,
                "Commands",
                CliPermissionsTest.ROWS.stream()
                        .map(row -> new Line(
                                row.command().replace("{name}", "NAME").replace("{new}", "NAME"),
                                ActsAs.of(row.command()).word(),
                                row.allowed())));
        table(
                page,
                "API v1, the original's (`job/PROJECT/octopod/api/v1/`)",
                ApiPermissionsTest.ROWS.stream()
                        .map(row -> new Line(
                                row.method()
                                        + ' '
                                        + row.call().replace("{name}", "NAME").replace("{action}", "ID"),
                                ActsAs.of(row.method() + ' ' + row.call()).word(),
                                row.allowed())));
        OpenApi api = new OpenApi();
        table(
                page,
                "API v2 (`stagings/api/v2/`)",
                V2PermissionsTest.ROWS.stream()
                        .map(row -> new Line(
                                api.operation(row.operation()).method()
                                        + ' '
                                        + api.operation(row.operation()).path(),
                                ActsAs.of(row.operation()).word(),
                                row.allowed())));
        return page.toString();
    }

    private static void table(StringBuilder page, String title, Stream<Line> lines) {
        page.append("\n## ").append(title).append("\n\n| What | Acts as |");
        for (Role role : Role.values()) {
            page.append(' ').append(title(role)).append(" |");
        }
        page.append("\n|---|---|").append("---|".repeat(Role.values().length)).append('\n');
        lines.map(Line::markdown).distinct().forEach(line -> page.append(line).append('\n'));
    }

    private static Line line(PermissionRow row) {
        String address = row.url
                .replace("{project}", "job/PROJECT/")
                .replace("{idle}", "job/PROJECT/job/STAGING/")
                .replace("{busy}", "job/PROJECT/job/STAGING/")
                .replace("{staging}", "job/PROJECT/job/STAGING/")
                .replace("{build}", "job/PIPELINE/BUILD/")
                .replace("{ticket}", "octopod-submissions/TICKET/");
        boolean json = row.contentType.equals(Visitor.JSON) && !row.body.isEmpty();
        String what = (row.post ? "POST " : "GET ") + address + (json ? ' ' + row.body.replace("{name}", "NAME") : "");
        return new Line(what, ActsAs.of(what).word(), row.allowed, row.personal);
    }

    private static String title(Role role) {
        return role.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** With whose permissions something is done. */
    private enum ActsAs {
        USER("user", "the user who asks, in all that Jenkins does for it", "(?!)"),
        USER_AND_SCRIPTS(
                "user; project's scripts",
                "the user who asks. Jenkins then runs control scripts on the project's agents, with the project's credentials",
                "[Rr]edeploy(?!/$)|archive|restore|clean(up|Up)|octopod-(create|update|status)|(POST|PUT) deployments"
                        + "|DELETE deployments/[^/]*$|deployments/idle/status|(deployment|application)_override"
                        + "|(create|get)Staging$|(replace|merge)Overrides|staging-form/(defaults|submit)"
                        + "|GET job/PROJECT/job/STAGING/(live/|compare/)?$"),
        USER_AND_CLUSTER(
                "user; project's cluster account",
                "the user who asks. Jenkins asks the cluster with the credentials that the project names",
                "pods/log|testConnection"),
        BUILD(
                "build",
                "the user of the build. A build that acts for no user may do what [the project lets it"
                        + " do](pipeline.md#what-a-pipeline-may-do)",
                "(?!)");

        private final String word;
        private final String meaning;
        private final Pattern pattern;

        ActsAs(String word, String meaning, String regex) {
            this.word = word;
            this.meaning = meaning;
            this.pattern = Pattern.compile(regex);
        }

        String word() {
            return word;
        }

        String meaning() {
            return meaning;
        }

        static ActsAs of(String what) {
            return Arrays.stream(values())
                    .filter(actsAs -> actsAs.pattern.matcher(what).find())
                    .findFirst()
                    .orElse(USER);
        }
    }
}
