package io.jenkins.plugins.octopod.kubernetes;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.kubernetes.status.ClusterReconciler;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.staging.Staging;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** IDs of credentials and namespaces are for those who may read the project’s settings, wherever they are shown. */
@WithSharedJenkins
class ClusterDetailTest {

    private static final String SUMMARY =
            "The project’s cluster can’t be watched. An administrator of the project can " + "see the reason.";

    @TempDir
    private Path directory;

    @TempDir
    private Path scripts;

    private TestCluster cluster;
    private SweptProject swept;
    private Staging staging;
    private Visitor reader;
    private Visitor configurer;

    @BeforeEach
    void start(JenkinsRule jenkins) throws Exception {
        cluster = TestCluster.start(directory);
        swept = SweptProject.create(jenkins, scripts);
        swept.demo.connectAgent("agent");
        swept.create("orange-button");
        staging = swept.staging("orange-button");
        ClusterProject.giveToken(jenkins, cluster);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("configurer"));
        reader = Visitor.loggedIn(jenkins, "reader");
        configurer = Visitor.loggedIn(jenkins, "configurer");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private List<String> places() {
        return List.of(
                staging.getUrl() + "live/",
                staging.getUrl() + "api/json",
                staging.getParent().getUrl() + "board/feed/",
                "stagings/board/feed/",
                "stagings/api/v2/projects/demo/stagings/orange-button");
    }

    private static String text(Visitor visitor, String place) throws Exception {
        return visitor.get(place).body().replace("\\u2019", "’").replace("&#8217;", "’");
    }

    @Test
    void theIdOfCredentialsIsInNoSentenceForReaders() throws Exception {
        ClusterProperty property = ClusterProject.property(cluster, HealthMode.INSTEAD_OF_CHECK);
        property.setCredentialsId("vault-of-the-bank");
        ClusterProject.set(swept.demo.project, property);
        TestProject.await("the problem", () -> ClusterReconciler.getOrNull().problem(staging));
        swept.sweep("orange-button");
        assertTrue(staging.isStale());
        for (String place : places()) {
            String told = text(reader, place);
            assertFalse(told.contains("vault-of-the-bank"), place + ": " + told);
            assertTrue(told.contains(SUMMARY), place + ": " + told);
            String all = text(configurer, place);
            assertTrue(all.contains("There are no credentials “vault-of-the-bank”"), place + ": " + all);
        }
    }

    @Test
    void theNamespaceIsInNoSentenceForReaders() throws Exception {
        ClusterProperty property = ClusterProject.property(cluster, HealthMode.OFF);
        property.setNamespace("bank-${name}");
        ClusterProject.set(swept.demo.project, property);
        TestProject.await(
                "the cluster",
                () -> text(reader, staging.getUrl() + "live/")
                                .contains("No object in the staging’s namespace has its labels.")
                        ? true
                        : null);
        String all = text(configurer, staging.getUrl() + "live/");
        assertTrue(all.contains("No object in the namespace bank-orange-button has the staging’s labels."), all);

        property.setNamespace("Bank_${name}");
        ClusterProject.set(swept.demo.project, property);
        TestProject.await("the problem", () -> ClusterReconciler.getOrNull().problem(staging));
        for (String place : places()) {
            assertFalse(text(reader, place).contains("Bank_"), place);
        }
        assertTrue(text(configurer, staging.getUrl() + "live/").contains("“Bank_orange-button” can’t be a namespace"));
    }
}
