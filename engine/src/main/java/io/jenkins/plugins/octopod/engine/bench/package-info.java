/**
 * The bench: takes a directory of control scripts through a staging's whole life on this machine, without Jenkins, and
 * says for each script whether it keeps the contract and, where it doesn't, what to mend. {@link
 * io.jenkins.plugins.octopod.engine.bench.Bench} is its main class, {@code bin/bench} starts it.
 *
 * <p>{@link io.jenkins.plugins.octopod.engine.bench.LifecycleScenario} is the plan, {@link
 * io.jenkins.plugins.octopod.engine.bench.Expectations} what the contract asks of each script. Nothing outside this
 * package may use it. One thread does everything.
 */
package io.jenkins.plugins.octopod.engine.bench;
