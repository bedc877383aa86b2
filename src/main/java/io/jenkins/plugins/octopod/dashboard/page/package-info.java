/** Pages of stagings and their runs: content, live updates, and the badge. Used by pages only. */
package io.jenkins.plugins.octopod.dashboard.page;
