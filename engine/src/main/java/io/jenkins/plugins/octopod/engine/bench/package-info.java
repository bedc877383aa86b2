/**
 * The bench: runs a staging's whole life cycle with a directory of control scripts on this machine, without Jenkins. It
 * reports for each script whether it follows the contract and, if not, what to fix.
 * {@link io.jenkins.plugins.octopod.engine.bench.Bench} is its main class, started by {@code bin/bench}.
 *
 * <p>{@link io.jenkins.plugins.octopod.engine.bench.LifecycleScenario} defines the steps, and
 * {@link io.jenkins.plugins.octopod.engine.bench.Expectations} the contract's requirements on each script. Nothing
 * outside of this package may use it. Everything runs on one thread.
 */
package io.jenkins.plugins.octopod.engine.bench;
