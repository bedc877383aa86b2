package io.jenkins.plugins.octopod.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A limit that is out of range is refused with a sentence, in the form and as code. */
@WithSharedJenkins
class NumberRangeTest {

    private static final String SENTENCE = "Enter a number from 1 to 10000.";

    @TempDir
    private Path directory;

    @Test
    void theFormSaysWhatIsAllowed(JenkinsRule jenkins) {
        SecuritySettings settings = SecuritySettings.get();
        assertEquals(FormValidation.Kind.OK, settings.doCheckMaxOverrides("10000").kind);
        for (String wrong : new String[] {"0", "10001", "", "many"}) {
            FormValidation validation = settings.doCheckMaxOverrides(wrong);
            assertEquals(FormValidation.Kind.ERROR, validation.kind, wrong);
            assertEquals(SENTENCE, validation.getMessage());
        }
        assertEquals(FormValidation.Kind.ERROR, settings.doCheckMaxOverridesSize("1025").kind);
        assertEquals(FormValidation.Kind.ERROR, settings.doCheckMaxAgentCalls("3").kind);
        assertEquals(FormValidation.Kind.ERROR, settings.doCheckMaxWaitingRequests("0").kind);
        assertEquals(FormValidation.Kind.ERROR, settings.doCheckMaxWaitingRequestsPerUser("0").kind);
        assertEquals(
                SENTENCE,
                assertThrows(IllegalArgumentException.class, () -> settings.setMaxOverrides(0))
                        .getMessage());
        assertEquals(1000, settings.getMaxOverrides());
    }

    @Test
    void onlyAdministratorsMayAsk(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("reader"));
        String url = "descriptorByName/" + SecuritySettings.class.getName() + "/checkMaxOverrides";
        assertEquals(
                403,
                Visitor.loggedIn(jenkins, "reader")
                        .post(url, Visitor.FORM, "value=0")
                        .statusCode());
    }

    @Test
    void theyAreSetAsCode(JenkinsRule jenkins) throws Exception {
        apply("maxOverrides: 77");
        assertEquals(77, SecuritySettings.get().getMaxOverrides());
        ConfiguratorException refused = assertThrows(ConfiguratorException.class, () -> apply("maxOverrides: 0"));
        assertTrue(messages(refused).contains(SENTENCE), messages(refused));
        assertEquals(77, SecuritySettings.get().getMaxOverrides());
    }

    private void apply(String line) throws Exception {
        Path yaml = directory.resolve("jenkins.yaml");
        Files.writeString(yaml, "security:\n  octopodSecurity:\n    " + line + "\n");
        ConfigurationAsCode.get().configure(yaml.toString());
    }

    private static String messages(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString();
    }
}
