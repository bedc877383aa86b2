/**
 * Caches the output of the config scripts. Pages ask without waiting and get what is known. Runs and the preflight
 * {@code config_check} run the scripts themselves, because a changed default must apply from the next deployment on.
 * Their results are cached here as well. May use what {@code staging} may, but nothing of it.
 */
package io.jenkins.plugins.octopod.staging.defaults;
