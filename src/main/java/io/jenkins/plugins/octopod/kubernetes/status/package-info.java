/**
 * Makes watches equal to the settings of projects, and reports statuses of stagings. Uses {@code watch} and {@code
 * client}.
 */
package io.jenkins.plugins.octopod.kubernetes.status;
