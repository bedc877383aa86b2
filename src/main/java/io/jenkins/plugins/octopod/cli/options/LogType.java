package io.jenkins.plugins.octopod.cli.options;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Part of a log, with the original’s names. */
@Restricted(NoExternalUse.class)
public enum LogType {
    stdout,
    stderr,
    all
}
