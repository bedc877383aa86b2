/** A simulated fortnight with random faults, beside a model that says what may happen. */
package io.jenkins.plugins.octopod.faults.fortnight;
