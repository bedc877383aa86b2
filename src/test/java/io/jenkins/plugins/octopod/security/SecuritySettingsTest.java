package io.jenkins.plugins.octopod.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;

/** What is stored of the settings when the form is submitted, and what is read from a file that somebody has edited. */
@WithSharedJenkins
class SecuritySettingsTest {

    @Test
    void theFormIsSavedOnce(JenkinsRule jenkins) throws Exception {
        HtmlForm form = form(jenkins);
        form.getInputByName("_.allowedVariables").setValue("PROXY");
        form.getInputByName("_.maxOverrides").setValue("77");
        SaveCounter counter = new SaveCounter();
        SaveableListener.all().add(0, counter);
        try {
            jenkins.submit(form);
        } finally {
            SaveableListener.all().remove(counter);
        }

        assertEquals(1, counter.saves.get());
        assertEquals("PROXY", SecuritySettings.get().getAllowedVariables());
        assertEquals(77, SecuritySettings.get().getMaxOverrides());
        String stored = Files.readString(file(jenkins));
        assertTrue(stored.contains("<maxOverrides>77<"), stored);
        assertTrue(stored.contains("<allowedVariables>PROXY<"), stored);
    }

    @Test
    void nothingOfARefusedFormIsKept(JenkinsRule jenkins) throws Exception {
        for (String wrong : new String[] {"1001", "many", ""}) {
            HtmlForm form = form(jenkins);
            form.getInputByName("_.controllerAccountAllowed").setChecked(true);
            form.getInputByName("_.allowedVariables").setValue("PROXY");
            form.getInputByName("_.maxOverrides").setValue("77");
            form.getInputByName("_.maxWaitingRequestsPerUser").setValue(wrong);
            FailingHttpStatusCodeException refused =
                    assertThrows(FailingHttpStatusCodeException.class, () -> jenkins.submit(form));

            String told = refused.getResponse().getContentAsString();
            assertEquals(400, refused.getStatusCode(), told);
            assertTrue(
                    told.contains(
                            "The settings of Octopod were not saved. Enter a number from 1 to 1000 for maxWaitingRequestsPerUser."),
                    told);
            assertEquals(1000, SecuritySettings.get().getMaxOverrides());
            assertEquals("", SecuritySettings.get().getAllowedVariables());
            assertFalse(SecuritySettings.get().isControllerAccountAllowed());
            assertFalse(Files.exists(file(jenkins)), wrong);
        }
    }

    @Test
    void aStoredNumberThatIsOutOfRangeDoesNotCount(JenkinsRule jenkins) throws Exception {
        Files.writeString(file(jenkins), """
                <?xml version='1.1' encoding='UTF-8'?>
                <io.jenkins.plugins.octopod.security.SecuritySettings>
                  <controllerAccountAllowed>true</controllerAccountAllowed>
                  <maxOverrides>77</maxOverrides>
                  <maxOverridesSize>2000000000</maxOverridesSize>
                  <maxAgentCalls>0</maxAgentCalls>
                  <maxWaitingRequests>-1</maxWaitingRequests>
                </io.jenkins.plugins.octopod.security.SecuritySettings>
                """);
        SecuritySettings loaded;
        List<String> told;
        try (LogRecorder log =
                new LogRecorder().record(NumberRange.class, Level.WARNING).capture(10)) {
            loaded = new SecuritySettings();
            told = log.getMessages();
        }

        assertEquals(16, loaded.getMaxAgentCalls());
        assertEquals(256, loaded.getMaxOverridesSize());
        assertEquals(40, loaded.getMaxWaitingRequests());
        assertEquals(10, loaded.getMaxWaitingRequestsPerUser());
        assertEquals(77, loaded.getMaxOverrides());
        assertTrue(loaded.isControllerAccountAllowed());
        assertEquals(3, told.size(), told::toString);
        assertTrue(
                told.contains("maxAgentCalls is 0 in " + file(jenkins)
                        + ", but must be from 4 to 200. Jenkins uses 16 until that is corrected."),
                told::toString);
    }

    private static HtmlForm form(JenkinsRule jenkins) throws Exception {
        return jenkins.createWebClient().goTo("manage/configureSecurity/").getFormByName("config");
    }

    private static Path file(JenkinsRule jenkins) {
        return jenkins.jenkins.getRootDir().toPath().resolve("octopod-security.xml");
    }

    private static final class SaveCounter extends SaveableListener {

        private final AtomicInteger saves = new AtomicInteger();

        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (saved instanceof SecuritySettings) {
                saves.incrementAndGet();
            }
        }
    }
}
