package io.jenkins.plugins.octopod.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import groovy.lang.GroovyShell;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.AuthorizationStrategy;
import hudson.security.HudsonPrivateSecurityRealm;
import hudson.security.Permission;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.Processes;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.security.ApiTokenProperty;
import jenkins.security.apitoken.ApiTokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The accounts and the multibranch Pipeline of the demo. */
@WithJenkins
@Tag("jenkins")
class DemoTest {

    private static final Path DEMO = Path.of("demo").toAbsolutePath();
    private static final String ACCOUNTS = "octopod.demo.accounts";
    private static final String TOKEN = "octopod.demo.token";
    private static final String REPOSITORY = "octopod.demo.repository";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private Path accounts;
    private Path token;

    @BeforeEach
    void accountsAreStoredThere(JenkinsRule rule) {
        jenkins = rule;
        accounts = directory.resolve("demo-accounts");
        System.setProperty(ACCOUNTS, accounts.toString());
        token = directory.resolve("demo-token");
        System.setProperty(TOKEN, token.toString());
    }

    @AfterEach
    void forgetProperties() {
        System.clearProperty(ACCOUNTS);
        System.clearProperty(TOKEN);
        System.clearProperty(REPOSITORY);
    }

    private void run(String script) throws Exception {
        new GroovyShell(jenkins.jenkins.getPluginManager().uberClassLoader)
                .evaluate(DEMO.resolve(script).toFile());
    }

    private Map<String, String> stored() throws Exception {
        return Files.readAllLines(accounts).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (one, other) -> one, TreeMap::new));
    }

    private static Set<String> permissions(String user) {
        return Arrays.stream(new Permission[] {
                    Jenkins.ADMINISTER,
                    Jenkins.READ,
                    Item.READ,
                    Item.BUILD,
                    Item.CREATE,
                    Item.CANCEL,
                    Item.DELETE,
                    Item.CONFIGURE,
                    StagingPermissions.LOG
                })
                .filter(permission -> Jenkins.get()
                        .getACL()
                        .hasPermission2(
                                user == null
                                        ? Jenkins.ANONYMOUS2
                                        : User.getById(user, false).impersonate2(),
                                permission))
                .map(permission -> permission.name)
                .collect(Collectors.toSet());
    }

    @Test
    void eachAccountHasItsPermissionsAndItsPassword() throws Exception {
        run("security.groovy");
        assertEquals(Set.of(), permissions(null));
        assertEquals(Set.of("Read"), permissions("reader"));
        assertEquals(Set.of("Read", "Build", "Create", "Cancel", "Delete", "Log"), permissions("deployer"));
        assertTrue(permissions("admin").contains("Administer"));
        assertFalse(permissions("deployer").contains("Configure"));

        Map<String, String> secrets = stored();
        assertEquals(Set.of("admin", "deployer", "reader"), secrets.keySet());
        assertEquals(3, Set.copyOf(secrets.values()).size());
        for (Path file : List.of(accounts, token)) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        HudsonPrivateSecurityRealm realm = (HudsonPrivateSecurityRealm) jenkins.jenkins.getSecurityRealm();
        assertFalse(realm.allowsSignup());
        assertEquals(-1, jenkins.jenkins.getSlaveAgentPort(), "only the web server listens");
        for (String user : List.of("admin", "deployer", "reader")) {
            assertTrue(whoAmI(user, secrets.get(user)).contains("\"name\":\"" + user + '"'), user);
            assertFalse(whoAmI(user, user).contains("\"name\":\"" + user + '"'), user);
        }
        String[] login = Files.readString(token).split(":", 2);
        assertEquals("deployer", login[0]);
        assertTrue(whoAmI("deployer", login[1]).contains("\"name\":\"deployer\""));
        assertFalse(whoAmI("admin", login[1]).contains("\"name\":\"admin\""));
    }

    private String whoAmI(String user, String secret) throws Exception {
        String login = Base64.getEncoder().encodeToString((user + ':' + secret).getBytes(StandardCharsets.UTF_8));
        return Visitor.anonymous(jenkins)
                .send("GET", "whoAmI/api/json", null, "Authorization", "Basic " + login)
                .body();
    }

    @Test
    void theNextStartKeepsTheAccounts() throws Exception {
        run("security.groovy");
        Map<String, String> before = stored();
        String login = Files.readString(token);
        SecurityRealm realm = jenkins.jenkins.getSecurityRealm();
        run("security.groovy");
        assertEquals(before, stored());
        assertEquals(login, Files.readString(token));
        assertSame(realm, jenkins.jenkins.getSecurityRealm());

        Files.delete(accounts);
        run("security.groovy");
        assertFalse(Files.exists(accounts), "the passwords of existing accounts are unknown");
    }

    @Test
    void whatAUserHasChangedIsNotPrintedAnyMore() throws Exception {
        run("security.groovy");
        ((HudsonPrivateSecurityRealm) jenkins.jenkins.getSecurityRealm()).createAccount("reader", "something else");
        run("security.groovy");
        assertEquals(Set.of("admin", "deployer"), stored().keySet());
        assertTrue(Files.exists(token));

        ApiTokenStore tokens = User.getById("deployer", false)
                .getProperty(ApiTokenProperty.class)
                .getTokenStore();
        tokens.getTokenListSortedByName().forEach(each -> tokens.revokeToken(each.getUuid()));
        run("security.groovy");
        assertFalse(Files.exists(token));
        assertEquals(Set.of("admin", "deployer"), stored().keySet());
    }

    @Test
    void aJenkinsThatIsSecuredAlreadyIsLeftAsItIs() throws Exception {
        SecurityRealm realm = jenkins.createDummySecurityRealm();
        AuthorizationStrategy strategy = jenkins.jenkins.getAuthorizationStrategy();
        jenkins.jenkins.setSecurityRealm(realm);
        run("security.groovy");
        assertSame(realm, jenkins.jenkins.getSecurityRealm());
        assertSame(strategy, jenkins.jenkins.getAuthorizationStrategy());
        assertFalse(Files.exists(accounts));
    }

    @Test
    void aPushUpdatesTheStagingOfItsBranch() throws Exception {
        TestProject project = TestProject.demo(jenkins, directory.resolve("stagings"));
        run("security.groovy");
        String repository = Processes.run(
                directory,
                DEMO.resolve("shop/make-repository").toString(),
                directory.toString(),
                jenkins.getURL().toString());
        System.setProperty(REPOSITORY, repository);
        run("branches.groovy");
        run("branches.groovy");
        assertEquals("purple", awaitColor(project, "dark-mode", "purple"));
        assertEquals("teal", awaitColor(project, "checkout-steps", "teal"));

        Processes.git(directory, "clone", "-q", repository, "shop");
        Path checkout = directory.resolve("shop");
        Path jenkinsfile = checkout.resolve("Jenkinsfile");
        Files.writeString(jenkinsfile, Files.readString(jenkinsfile).replace("'purple'", "'red'"));
        Processes.git(checkout, "commit", "-q", "-a", "-m", "Red");
        String pushed = Processes.git(checkout, "push");
        assertTrue(pushed.contains("Jenkins looks for new commits: " + jenkins.getURL() + "job/shop/"), pushed);
        assertEquals("red", awaitColor(project, "dark-mode", "red"));
        assertEquals("teal", awaitColor(project, "checkout-steps", "teal"));
        jenkins.waitUntilNoActivity();
    }

    /** Waits until the staging runs with that color. */
    private static String awaitColor(TestProject project, String name, String color) throws Exception {
        return TestProject.await(name + " in " + color, () -> {
            Staging staging = project.staging(name);
            String now = staging == null
                    ? null
                    : staging.getApplicationOverrides().value("COLOR").orElse(null);
            return color.equals(now) && staging.getStatus() == Status.Running ? now : null;
        });
    }
}
