package io.jenkins.plugins.octopod.browser;

import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** What there is to be seen: a project with stagings that its control scripts say are up. */
final class Scene {

    /** Whoever looks, and may do everything. */
    static final String USER = "alice";

    private Scene() {}

    /** Deploys quickly, and nothing real. */
    static TestProject quick(JenkinsRule jenkins, Path directory) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory)
                .with(ControlScript.CHECK, "exit 0")
                .with(ControlScript.ARCHIVE_CHECK, "exit 0")
                .with(ControlScript.DEPLOYMENT_CONFIG, "echo image.tag,v1; echo replicas,1")
                .with(ControlScript.DEPLOYMENT_CONFIG_KEYS, "echo image.tag; echo replicas; echo ingress.host")
                .with(ControlScript.APPLICATION_CONFIG, "echo COLOR,orange; echo GREETING,Hello")
                .with(ControlScript.APPLICATION_CONFIG_KEYS, "echo COLOR; echo GREETING; echo FEATURE_SEARCH")
                .with(ControlScript.INFO, """
                        while [ "$1" != --name ]; do shift; done
                        echo "site,https://$2.staging.example.com/"
                        echo "logs,https://logs.example.com/?staging=$2"
                        """);
        TestProject project = TestProject.withScripts(jenkins, scripts.path());
        project.connectAgent("agent");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        return project;
    }

    static Staging deployed(TestProject project, String name, String... overrides) throws Exception {
        return project.finished(project.submit(Kind.CREATE, name, overrides)).getParent();
    }

    /** Deploys a version by a Pipeline. */
    static void deployedBy(JenkinsRule jenkins, String pipeline, String name, String tag) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItem(pipeline) instanceof WorkflowJob existing
                ? existing
                : jenkins.createProject(WorkflowJob.class, pipeline);
        job.setDefinition(new CpsFlowDefinition(
                "octopodDeploy project: 'demo', name: '" + name + "', deploymentOverrides: ['image.tag': '" + tag
                        + "']",
                true));
        jenkins.buildAndAssertSuccess(job);
    }

    /** One of each: in use and archived, in progress, failing, with overrides and without; {@link #calm} ends it. */
    static TestProject lively(JenkinsRule jenkins, Path directory) throws Exception {
        TestProject project = quick(jenkins, directory);
        new ScriptDirectory(directory)
                .with(ControlScript.CREATE, """
                        echo "Deploying $*"
                        case "$*" in
                          *payment-api*) echo 'image shop:v9 not found in the registry' >&2; exit 1 ;;
                          *search-suggest*) sleep 300 ;;
                        esac
                        """)
                .with(ControlScript.CHECK, "case \"$*\" in *payment-api*) exit 1 ;; esac")
                .with(ControlScript.ARCHIVE_CHECK, "exit 0");
        asUser(() -> {
            deployed(project, "orange-button", "COLOR=teal", "-GREETING", "FEATURE_SEARCH=on");
            project.finished(project.submitTag(Kind.MERGE, "orange-button", "v7"));
            deployed(project, "dark-mode", "COLOR=purple");
            deployed(project, "checkout-steps");
            project.finished(project.submit(Kind.CREATE, "payment-api"));
            archived(project, "spring-sale");
            archived(project, "old-landing");
            project.printing(project.submit(Kind.CREATE, "search-suggest"), "Deploying");
        });
        return project;
    }

    private static void asUser(Preparation preparation) throws Exception {
        try (ACLContext as = ACL.as(User.getOrCreateByIdOrFullName(USER))) {
            preparation.run();
        }
    }

    @FunctionalInterface
    private interface Preparation {
        void run() throws Exception;
    }

    /** Ends what would go on for minutes. */
    static void calm(TestProject project) throws Exception {
        StagingRun run = project.staging("search-suggest").unfinishedRun();
        run.getExecutor().interrupt(Result.ABORTED);
        TestProject.await("the abort", () -> run.isBuilding() || run.getExecutor() != null ? null : run);
    }

    static Staging archived(TestProject project, String name) throws Exception {
        deployed(project, name);
        return project.finished(project.submit(Kind.ARCHIVE, name)).getParent();
    }

    /** Copies the files of a staging under other names, and has Jenkins read them. */
    static TestProject copies(TestProject project, Staging model, String... names) throws Exception {
        Path from = model.getRootDir().toPath();
        for (String name : names) {
            copy(from, from.resolveSibling(name));
        }
        project.jenkins.jenkins.reload();
        return TestProject.again(project.jenkins);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
