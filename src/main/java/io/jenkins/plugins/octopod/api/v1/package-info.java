/** API of the original Octopod for its {@code octo} command, below {@code octopod/api/v1} of each project. */
package io.jenkins.plugins.octopod.api.v1;
