package io.jenkins.plugins.octopod.dashboard.admin;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricSet;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import io.jenkins.plugins.octopod.staging.statistics.StagingStatistics;
import io.jenkins.plugins.octopod.staging.statistics.StatisticsHistory;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.metrics.api.MetricProvider;

/** Statistics for the Metrics plugin, and through it for Prometheus. Exists only if that plugin is installed. */
@Extension(optional = true)
public class StagingMetrics extends MetricProvider {

    private static final String PREFIX = "octopod.";

    @NonNull
    @Override
    public MetricSet getMetricSet() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            gauge(metrics, "stagings." + status, () -> StagingStatistics.recent()
                    .statuses()
                    .get(status));
        }
        gauge(metrics, "stagings.stale", () -> StagingStatistics.recent().stale());
        gauge(
                metrics,
                "status.oldest.seconds",
                () -> StagingStatistics.recent().oldest().toMillis() / 1000.0);
        gauge(
                metrics,
                "sweep.seconds",
                () -> StagingStatistics.recent().longestSweep().toMillis() / 1000.0);
        gauge(metrics, "checks.total", () -> CheckScheduler.get().checks());
        gauge(metrics, "checks.perSecond", () -> StatisticsHistory.get().checksPerSecond());
        return metrics(metrics);
    }

    private static void gauge(Map<String, Metric> metrics, String name, Gauge<Number> value) {
        metrics.put(PREFIX + name, value);
    }
}
