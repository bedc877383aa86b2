package io.jenkins.plugins.octopod.faults.fortnight;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How large the simulation is. Each value is a system property that begins with {@code octopod.fortnight.}
 *
 * @param seeds of the random decisions, {@code seeds}; one simulation each
 * @param stagings how many names of stagings there are, {@code stagings}
 * @param days how many simulated days, {@code days}
 * @param stepsPerDay how often a day the model is compared with Jenkins, {@code steps}
 * @param requestsPerDay how many requests people make on a day, {@code requests}
 * @param faultsPerDay how many faults happen on a day, {@code faults}
 * @param restarts how often Jenkins is restarted, {@code restarts}
 * @param kinds the kinds of faults that happen: all but those of {@code without}, or those of {@code only}
 */
record FortnightSettings(
        List<Long> seeds,
        int stagings,
        int days,
        int stepsPerDay,
        int requestsPerDay,
        int faultsPerDay,
        int restarts,
        Set<FaultKind> kinds) {

    private static final String PREFIX = "octopod.fortnight.";
    private static final String DEFAULT_SEED = "1";
    private static final int MINUTES_PER_DAY = 24 * 60;

    static FortnightSettings fromSystemProperties() {
        List<Long> seeds =
                words("seeds", DEFAULT_SEED).stream().map(Long::valueOf).toList();
        int stagings = Integer.getInteger(PREFIX + "stagings", 12);
        boolean small = stagings <= 50;
        int days = Integer.getInteger(PREFIX + "days", small ? 2 : 14);
        Set<FaultKind> kinds = EnumSet.allOf(FaultKind.class);
        kinds.removeAll(kinds("without", ""));
        Set<FaultKind> only = kinds("only", "");
        return new FortnightSettings(
                seeds,
                stagings,
                days,
                Integer.getInteger(PREFIX + "steps", small ? 8 : 12),
                Integer.getInteger(PREFIX + "requests", small ? 12 : stagings / 5),
                Integer.getInteger(PREFIX + "faults", small ? 6 : 10),
                Integer.getInteger(PREFIX + "restarts", small ? 1 : 3),
                only.isEmpty() ? kinds : only);
    }

    private static List<String> words(String property, String otherwise) {
        return Arrays.stream(System.getProperty(PREFIX + property, otherwise).split("[, ]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Set<FaultKind> kinds(String property, String otherwise) {
        return words(property, otherwise).stream()
                .map(FaultKind::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
    }

    int steps() {
        return days * stepsPerDay;
    }

    Duration step() {
        return Duration.ofMinutes(MINUTES_PER_DAY / stepsPerDay);
    }
}
