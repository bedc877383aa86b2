package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.dashboard.background.BackgroundTask;
import io.jenkins.plugins.octopod.dashboard.background.BackgroundTasks;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import jakarta.servlet.Filter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.bind.JavaScriptMethod;

/** Goes through {@link PermissionTable} with each {@link Role}. */
@WithSharedJenkins
class PermissionMatrixTest {

    @TempDir
    private Path directory;

    private TestProject project;
    private Staging idle;
    private WorkflowRun build;
    private AcceptedRequest going;
    private String ticket;

    private void prepare(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.CREATE, "echo printed by create; case \"$*\" in *busy*) sleep 300;; esac");
        scripts.with(ControlScript.CHECK, "exit 0");
        project = TestProject.withScripts(jenkins, scripts.path());
        project.connectAgent("agent");
        project.connectAgent("other-agent");
        idle = project.finished(project.submit(Kind.CREATE, "orange-button")).getParent();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploys");
        job.setDefinition(new CpsFlowDefinition("octopodDeploy project: 'demo', name: 'orange-button'", true));
        build = jenkins.buildAndAssertSuccess(job);
        going = project.submit(Kind.CREATE, "busy");
        project.printing(going, "printed by create");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        try (ACLContext as = ACL.as(User.getOrCreateByIdOrFullName(Role.PROJECT_ADMIN.userId()))) {
            ticket = BackgroundTasks.get().start(List.of(new BackgroundTask("nothing", () -> null)));
        }
    }

    private void end(Visitor canceller) throws Exception {
        HttpResponse<String> aborted = canceller.post(going.staging().getUrl() + "operations/abort", Visitor.FORM, "");
        assertEquals(302, aborted.statusCode());
        assertEquals(Result.ABORTED, project.finished(going).getResult());
    }

    @Test
    void everyRoleMayWhatItIsToAndNothingElse(JenkinsRule jenkins) throws Exception {
        prepare(jenkins);
        List<Executable> checks = new ArrayList<>();
        for (Role role : Role.values()) {
            Visitor visitor = role.visit(jenkins);
            for (PermissionRow row : PermissionTable.rows()) {
                // Asked now, as the role is there now; told at the end, all together.
                try {
                    check(row, role, visitor);
                } catch (AssertionError e) {
                    checks.add(() -> {
                        throw e;
                    });
                }
            }
        }
        end(Role.CANCELLER.visit(jenkins));
        assertAll(checks);
    }

    private void check(PermissionRow row, Role role, Visitor visitor) throws Exception {
        String what = row + " as " + role;
        boolean allowed = row.allows(role);
        String before = state();
        HttpResponse<String> response = row.ask(visitor, address(row, allowed), allowed ? "busy" : "orange-button");
        if (allowed) {
            assertTrue(
                    row.answers.contains(response.statusCode()),
                    () -> what + ": " + response.statusCode() + " instead of " + row.answers + ' ' + response.body());
            assertTrue(row.telling == null || response.body().contains(row.telling), what + response.body());
        } else if (row.quiet && response.statusCode() == 200) {
            assertFalse(response.body().contains(row.telling), what + response.body());
        } else {
            assertEquals(row.refusal(role), response.statusCode(), () -> what + ": " + response.body());
            assertFalse(response.body().contains("printed by create"), what);
        }
        if (!(allowed && row.changing)) {
            assertEquals(before, state(), what);
        }
    }

    /** What the board sends is answered with a ticket, by which one is told that it wasn’t allowed. */
    @Test
    void theBoardDoesNothingThatItsUserMayNot(JenkinsRule jenkins) throws Exception {
        prepare(jenkins);
        List<Executable> checks = new ArrayList<>();
        for (Role role : Role.READERS) {
            Visitor visitor = role.visit(jenkins);
            for (Map.Entry<String, Set<Role>> operation :
                    PermissionTable.boardOperations().entrySet()) {
                boolean allowed = PermissionRow.isAmong(role, operation.getValue());
                String before = state();
                Staging staging = allowed ? going.staging() : idle;
                JsonNode step = submit(visitor, operation.getKey(), staging);
                String after = state();
                checks.add(() -> assertAll(
                        operation.getKey() + " as " + role,
                        () -> assertEquals("REFUSED", step.path("state").asText()),
                        () -> assertEquals(
                                allowed ? 409 : 403,
                                step.path("refusal").path("statusCode").asInt(),
                                step.toString()),
                        () -> assertEquals(before, after)));
            }
        }
        Visitor reader = Role.READER.visit(jenkins);
        JsonNode abort = submit(reader, "abort", going.staging());
        checks.add(
                () -> assertEquals(403, abort.path("refusal").path("statusCode").asInt()));
        assertTrue(TestProject.run(going).isBuilding());
        Visitor canceller = Role.CANCELLER.visit(jenkins);
        JsonNode aborted = submit(canceller, "abort", going.staging());
        checks.add(() -> assertEquals("ACCEPTED", aborted.path("state").asText()));
        assertEquals(Result.ABORTED, project.finished(going).getResult());
        assertAll(checks);
    }

    /** What became of it. */
    private JsonNode submit(Visitor visitor, String operation, Staging staging) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        HttpResponse<String> accepted = visitor.post(
                project.project.getUrl() + "board/submit",
                Visitor.JSON,
                mapper.writeValueAsString(Map.of(
                        "operation",
                        operation,
                        "stagings",
                        List.of(staging.getFullName()),
                        "confirmation",
                        staging.getName())));
        assertEquals(202, accepted.statusCode(), accepted.body());
        String address = mapper.readTree(accepted.body()).path("ticket").asText();
        return TestProject.await(operation + " to be answered", () -> {
            JsonNode answer = mapper.readTree(visitor.get(address).body());
            return answer.path("done").asBoolean() ? answer.path("steps").path(0) : null;
        });
    }

    @Test
    void whatChangesSomethingIsPostedAndWithACrumb(JenkinsRule jenkins) throws Exception {
        prepare(jenkins);
        Visitor admin = Role.PROJECT_ADMIN.visit(jenkins);
        String before = state();
        List<Executable> checks = new ArrayList<>();
        for (PermissionRow row : PermissionTable.rows()) {
            if (row.post) {
                String address = address(row, false);
                int toGet = row.askByGet(admin, address).statusCode();
                HttpResponse<String> uncrumbed = admin.postWithoutCrumb(address, row.contentType, row.body);
                checks.add(() -> assertEquals(row.toGet, toGet, "GET " + row.url));
                checks.add(() -> assertEquals(403, uncrumbed.statusCode(), row + " without a crumb"));
                checks.add(() -> assertTrue(uncrumbed.body().contains("crumb"), uncrumbed.body()));
                String after = state();
                checks.add(() -> assertEquals(before, after, row + " did something"));
            }
        }
        end(admin);
        assertAll(checks);
    }

    @Test
    void noWebMethodIsForgotten() {
        Set<String> covered = PermissionTable.rows().stream()
                .flatMap(row -> row.covers.stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.jenkins.plugins.octopod")
                        .stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(PermissionMatrixTest::isWebMethod)
                        .map(method -> method.getOwner().getName() + '#' + method.getName())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(there.isEmpty());
        assertEquals(String.join("\n", there), String.join("\n", covered), "PermissionTable has a row for each");
    }

    /** Those that Stapler calls by their names or annotations. */
    private static boolean isWebMethod(JavaMethod method) {
        if (!method.getModifiers().contains(JavaModifier.PUBLIC)
                || method.getModifiers().contains(JavaModifier.SYNTHETIC)
                || method.getModifiers().contains(JavaModifier.BRIDGE)
                // It answers no address: the servlet container calls it for all of them.
                || method.getOwner().isAssignableTo(Filter.class)) {
            return false;
        }
        return method.getName().matches("do[A-Z].*|js[A-Z].*|getDynamic|getTarget")
                || method.isAnnotatedWith(WebMethod.class)
                || method.isAnnotatedWith(JavaScriptMethod.class);
    }

    private String address(PermissionRow row, boolean allowed) {
        String busy = going.staging().getUrl();
        return row.url
                .replace("{project}", project.project.getUrl())
                .replace("{idle}", idle.getUrl())
                .replace("{build}", build.getUrl())
                .replace("{busy}", busy)
                .replace("{ticket}", ticket)
                .replace("{staging}", allowed ? busy : idle.getUrl());
    }

    /** All that a request could have changed. */
    private String state() throws Exception {
        StringBuilder state = new StringBuilder(project.project.getConfigFile().asString());
        Stream.of(project.staging("orange-button"), project.staging("busy")).forEach(staging -> {
            try {
                state.append('\n')
                        .append(staging.getConfigFile().asString())
                        .append(staging.observedState())
                        .append(staging.getNextBuildNumber())
                        .append(staging.getLastBuild().isBuilding());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        return state.append(
                        TestProject.files(project.project.getRootDir().toPath().resolve("jobs")))
                .append(project.queue().length)
                .toString();
    }
}
