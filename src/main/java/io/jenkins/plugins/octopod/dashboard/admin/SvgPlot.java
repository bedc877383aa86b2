package io.jenkins.plugins.octopod.dashboard.admin;

import io.jenkins.plugins.octopod.staging.statistics.StatisticsHistory.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Line of an SVG plot over the last 24 hours.
 *
 * @param points points of the line, as {@code x,y} in a box of {@link #WIDTH} × {@link #HEIGHT}
 * @param max value at the upper edge
 * @param last newest value
 */
public record SvgPlot(String points, double max, double last) {

    public static final int WIDTH = 720;
    public static final int HEIGHT = 120;

    private static final Duration SPAN = Duration.ofDays(1);

    /**
     * Returns the plot of values.
     *
     * @param least minimum value of the upper edge, so that small values look small
     */
    static SvgPlot of(List<Sample> samples, Instant now, double least, ToDoubleFunction<Sample> value) {
        double most = Math.max(least, samples.stream().mapToDouble(value).max().orElse(0));
        String points = samples.stream()
                .filter(sample -> Duration.between(sample.at(), now).compareTo(SPAN) <= 0)
                .map(sample -> {
                    double age = Duration.between(sample.at(), now).toMillis() / (double) SPAN.toMillis();
                    double height = value.applyAsDouble(sample) / most;
                    return String.format(Locale.ROOT, "%.1f,%.1f", WIDTH * (1 - age), HEIGHT * (1 - height));
                })
                .collect(Collectors.joining(" "));
        double last = samples.isEmpty() ? 0 : value.applyAsDouble(samples.get(samples.size() - 1));
        return new SvgPlot(points, most, last);
    }

    public String getPoints() {
        return points;
    }

    public String getMax() {
        return brief(max);
    }

    public String getLast() {
        return brief(last);
    }

    private static String brief(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }
}
