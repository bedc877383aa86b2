/**
 * What the config scripts say, remembered: pages ask without waiting, and are told what is known by now. Runs and the early
 * {@code config_check} ask the scripts themselves, as a default that was changed has to hold from the next deployment on;
 * what they are told is remembered here as well. May use what {@code staging} may, but nothing of it.
 */
package io.jenkins.plugins.octopod.staging.defaults;
