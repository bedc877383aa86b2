package io.jenkins.plugins.octopod.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/** How long something takes. */
final class Measured {

    private Measured() {}

    /** The median of some rounds after others that don’t count, in milliseconds. */
    static double median(int warmUps, int rounds, Callable<?> work) throws Exception {
        for (int i = 0; i < warmUps; i++) {
            work.call();
        }
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            work.call();
            times.add((System.nanoTime() - start) / 1e6);
        }
        Collections.sort(times);
        return times.get(rounds / 2);
    }
}
