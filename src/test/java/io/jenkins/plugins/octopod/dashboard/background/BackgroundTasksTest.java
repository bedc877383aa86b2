package io.jenkins.plugins.octopod.dashboard.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.Page;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Steps are done behind the back of who asked, as that person, and told to nobody else. */
@WithSharedJenkins
class BackgroundTasksTest {

    @Test
    void eachStepsOutcomeIsToldInOrder(JenkinsRule jenkins) throws Exception {
        String url = BackgroundTasks.get()
                .start(List.of(
                        new BackgroundTask("fine", () -> "job/demo/job/fine/"),
                        new BackgroundTask("refused", () -> {
                            throw new RefusalException(Reason.EXISTS, "It is there.");
                        }),
                        new BackgroundTask("nowhere", () -> null),
                        new BackgroundTask("broken", () -> {
                            throw new IllegalStateException("a bug");
                        }),
                        new BackgroundTask("forbidden", () -> {
                            try (ACLContext nobody = ACL.as2(Jenkins.ANONYMOUS2)) {
                                jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy());
                                jenkins.jenkins.checkPermission(Item.CREATE);
                                return null;
                            } finally {
                                jenkins.jenkins.setAuthorizationStrategy(
                                        new hudson.security.AuthorizationStrategy.Unsecured());
                            }
                        })));
        List<TaskOutcome> outcomes = done(url).outcomes();

        assertEquals(
                List.of("fine", "refused", "nowhere", "broken", "forbidden"),
                outcomes.stream().map(TaskOutcome::subject).toList());
        assertEquals(TaskOutcome.State.ACCEPTED, outcomes.get(0).state());
        assertEquals("job/demo/job/fine/", outcomes.get(0).url());
        assertEquals("It is there.", outcomes.get(1).refusal().sentence());
        assertEquals(409, outcomes.get(1).refusal().statusCode());
        assertEquals(TaskOutcome.State.ACCEPTED, outcomes.get(2).state());
        assertNull(outcomes.get(2).url());
        assertEquals(500, outcomes.get(3).refusal().statusCode());
        assertEquals(403, outcomes.get(4).refusal().statusCode());
        assertTrue(outcomes.get(4).refusal().sentence().contains("Create"), outcomes.toString());
    }

    @Test
    void nobodyElseIsTold(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("alice", "bob"));
        String url;
        try (ACLContext alice = ACL.as2(User.getById("alice", true).impersonate2())) {
            url = BackgroundTasks.get().start(List.of(new BackgroundTask("who", () -> Jenkins.getAuthentication2()
                    .getName())));
            done(url);
        }
        JSONObject answer = JSONObject.fromObject(
                get(browser(jenkins).login("alice"), url).getWebResponse().getContentAsString());
        assertTrue(answer.getBoolean("done"));
        JSONObject step = answer.getJSONArray("steps").getJSONObject(0);
        assertEquals("ACCEPTED", step.getString("state"));
        assertEquals("alice", step.getString("url"), "it is done as the one who asked");
        assertEquals(
                404, get(browser(jenkins).login("bob"), url).getWebResponse().getStatusCode());
        String login = get(browser(jenkins), url).getUrl().getPath();
        assertTrue(login.endsWith("/login"), login);
    }

    @Test
    void severalStepsAreDoneAtATimeButNotAll(JenkinsRule jenkins) throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        List<BackgroundTask> tasks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tasks.add(new BackgroundTask("step " + i, () -> {
                seen.add(atOnce.incrementAndGet());
                letGo.await();
                atOnce.decrementAndGet();
                return null;
            }));
        }
        String url = BackgroundTasks.get().start(tasks);
        TaskBatch taskBatch = find(url);
        TestProject.await("three to be at it", () -> atOnce.get() == 3 ? true : null);
        assertFalse(taskBatch.isDone());
        assertEquals(
                3,
                taskBatch.outcomes().stream()
                        .filter(taskOutcome -> taskOutcome.state() == TaskOutcome.State.RUNNING)
                        .count());
        letGo.countDown();
        done(url);
        assertEquals(12, seen.size());
        assertEquals(3, Collections.max(seen));
    }

    @Test
    void whoAsksForTooMuchIsToldToWait(JenkinsRule jenkins) throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        List<BackgroundTask> waiting = List.of(new BackgroundTask("waiting", () -> {
            letGo.await();
            return null;
        }));
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            urls.add(BackgroundTasks.get().start(waiting));
        }
        RefusalException refused =
                assertThrows(RefusalException.class, () -> BackgroundTasks.get().start(waiting));
        assertTrue(refused.getMessage().contains("wait until some are done"), refused.getMessage());
        letGo.countDown();
        for (String url : urls) {
            done(url);
        }
        done(BackgroundTasks.get().start(waiting));
        assertThrows(RefusalException.class, () -> BackgroundTasks.get().start(List.of()));
    }

    private static TaskBatch done(String url) throws Exception {
        TaskBatch taskBatch = find(url);
        return TestProject.await("the submission to be done", () -> taskBatch.isDone() ? taskBatch : null);
    }

    private static TaskBatch find(String url) {
        return BackgroundTasks.get()
                .find(url.replaceFirst("^octopod-submissions/", "").replace("/", ""))
                .orElseThrow();
    }

    private static WebClient browser(JenkinsRule jenkins) {
        return jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
    }

    private static Page get(WebClient browser, String url) throws Exception {
        return browser.goTo(url, null);
    }
}
