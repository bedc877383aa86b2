package io.jenkins.plugins.octopod.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import hudson.model.ListView;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The dashboard, page and first feed together, beside Jenkins’ own list view of the same items; a poll where nothing has
 * changed; and what a hundred open pages that poll every second take of a processor. Over real HTTP.
 */
@Tag("benchmark")
@WithJenkins
class DashboardBenchmark {

    private static final int[] COUNTS = {100, 1000, 5000};
    private static final int POLLS = 2000;

    @TempDir
    private Path demoHome;

    private final HttpClient http = HttpClient.newHttpClient();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @Test
    void pageAndPoll(JenkinsRule jenkins) throws Exception {
        TestProject project = TestProject.demo(jenkins, demoHome);
        Staging model = project.finished(
                        project.submit(Kind.CREATE, "model", "image.tag=v1", "COLOR=blue", "GREETING=Hello", "-TEAM"))
                .getParent();
        ListView list = new ListView("list", project.project);
        list.setIncludeRegex(".*");
        project.project.addView(list);
        Report report = new Report("dashboard");
        for (int count : COUNTS) {
            project = ManyStagings.fillUp(project, model, count);
            measure(jenkins, count, report);
        }
        report.finish();
    }

    private void measure(JenkinsRule jenkins, int count, Report report) throws Exception {
        String project = jenkins.getURL() + "job/demo/";
        String feed = project + "view/Stagings/board/feed/";
        // The list view takes a minute and more then, and has been warmed up by the others.
        boolean slow = count > 1000;
        HttpResponse<String> first = get(feed);
        assertEquals(
                count, new ObjectMapper().readTree(first.body()).get("stagings").size(), "stagings in the feed");
        OpenPage open = new OpenPage(feed);

        double page = Measured.median(10, 21, () -> get(project));
        double stagings = Measured.median(10, 21, () -> get(feed));
        double poll = Measured.median(1000, 501, open::poll);
        double pollCpu = cpuOfPoll(open);
        double listView = Measured.median(slow ? 0 : 1, slow ? 1 : 5, () -> get(project + "view/list/"));
        report.add(
                "stagings",
                count,
                "list view ms",
                listView,
                "page ms",
                page,
                "feed ms",
                stagings,
                "feed KB",
                first.body().length() / 1024,
                "unchanged poll ms",
                poll,
                "CPU % of 100 pages",
                pollCpu * 100 / 10,
                "list view/dashboard",
                listView / (page + stagings),
                "dashboard/poll",
                (page + stagings) / poll);
    }

    /** In milliseconds of one processor, of this client as well. */
    private double cpuOfPoll(OpenPage open) throws Exception {
        long before = system.getProcessCpuTime();
        for (int i = 0; i < POLLS; i++) {
            open.poll();
        }
        return (system.getProcessCpuTime() - before) / 1e6 / POLLS;
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), url);
        return response;
    }

    /** Asks as the page’s script does. Every five minutes it is told everything. */
    private final class OpenPage {

        private final String feed;
        private String etag = "";
        private int told;

        OpenPage(String feed) {
            this.feed = feed;
        }

        HttpResponse<String> poll() throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create(feed))
                    .header("If-None-Match", etag)
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 304) {
                etag = response.headers().firstValue("ETag").orElseThrow();
                told++;
                assertTrue(told <= 2, "nothing has changed");
            }
            return response;
        }
    }
}
