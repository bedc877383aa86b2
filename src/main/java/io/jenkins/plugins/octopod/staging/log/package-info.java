/** The log of a run: the console, with an index that separates stdout and stderr. Does not depend on stagings. */
package io.jenkins.plugins.octopod.staging.log;
