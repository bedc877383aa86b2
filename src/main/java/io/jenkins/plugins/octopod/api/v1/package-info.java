/**
 * The API of the original Octopod, as its {@code octo} command speaks it, below {@code octopod/api/v1} of each
 * project.
 */
package io.jenkins.plugins.octopod.api.v1;
