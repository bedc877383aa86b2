/**
 * What things cost, side by side in one run, as machines differ and are noisy. Run by {@code bin/mvn verify -Pbenchmark};
 * each class prints a table and writes JSON to {@code target/benchmarks/}. Nothing is asserted about time.
 */
package io.jenkins.plugins.octopod.benchmark;
