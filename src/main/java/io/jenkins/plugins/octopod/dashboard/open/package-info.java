/** The page {@code open} of a staging, which leads to the staging’s links, or says why that isn’t possible now. */
package io.jenkins.plugins.octopod.dashboard.open;
