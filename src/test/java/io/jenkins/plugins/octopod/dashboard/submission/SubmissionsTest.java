package io.jenkins.plugins.octopod.dashboard.submission;

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
class SubmissionsTest {

    @Test
    void eachStepsOutcomeIsToldInOrder(JenkinsRule jenkins) throws Exception {
        String url = Submissions.get()
                .start(List.of(
                        new Step("fine", () -> "job/demo/job/fine/"),
                        new Step("refused", () -> {
                            throw new RefusalException(Reason.EXISTS, "It is there.");
                        }),
                        new Step("nowhere", () -> null),
                        new Step("broken", () -> {
                            throw new IllegalStateException("a bug");
                        }),
                        new Step("forbidden", () -> {
                            try (ACLContext nobody = ACL.as2(Jenkins.ANONYMOUS2)) {
                                jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy());
                                jenkins.jenkins.checkPermission(Item.CREATE);
                                return null;
                            } finally {
                                jenkins.jenkins.setAuthorizationStrategy(
                                        new hudson.security.AuthorizationStrategy.Unsecured());
                            }
                        })));
        List<Outcome> outcomes = done(url).outcomes();

        assertEquals(
                List.of("fine", "refused", "nowhere", "broken", "forbidden"),
                outcomes.stream().map(Outcome::subject).toList());
        assertEquals(Outcome.State.ACCEPTED, outcomes.get(0).state());
        assertEquals("job/demo/job/fine/", outcomes.get(0).url());
        assertEquals("It is there.", outcomes.get(1).refusal().sentence());
        assertEquals(409, outcomes.get(1).refusal().statusCode());
        assertEquals(Outcome.State.ACCEPTED, outcomes.get(2).state());
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
            url = Submissions.get().start(List.of(new Step("who", () -> Jenkins.getAuthentication2()
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
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            steps.add(new Step("step " + i, () -> {
                seen.add(atOnce.incrementAndGet());
                letGo.await();
                atOnce.decrementAndGet();
                return null;
            }));
        }
        String url = Submissions.get().start(steps);
        Submission submission = find(url);
        TestProject.await("three to be at it", () -> atOnce.get() == 3 ? true : null);
        assertFalse(submission.isDone());
        assertEquals(
                3,
                submission.outcomes().stream()
                        .filter(outcome -> outcome.state() == Outcome.State.RUNNING)
                        .count());
        letGo.countDown();
        done(url);
        assertEquals(12, seen.size());
        assertEquals(3, Collections.max(seen));
    }

    @Test
    void whoAsksForTooMuchIsToldToWait(JenkinsRule jenkins) throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        List<Step> waiting = List.of(new Step("waiting", () -> {
            letGo.await();
            return null;
        }));
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            urls.add(Submissions.get().start(waiting));
        }
        RefusalException refused =
                assertThrows(RefusalException.class, () -> Submissions.get().start(waiting));
        assertTrue(refused.getMessage().contains("wait until some of it is"), refused.getMessage());
        letGo.countDown();
        for (String url : urls) {
            done(url);
        }
        done(Submissions.get().start(waiting));
        assertThrows(RefusalException.class, () -> Submissions.get().start(List.of()));
    }

    private static Submission done(String url) throws Exception {
        Submission submission = find(url);
        return TestProject.await("the submission to be done", () -> submission.isDone() ? submission : null);
    }

    private static Submission find(String url) {
        return Submissions.get()
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
