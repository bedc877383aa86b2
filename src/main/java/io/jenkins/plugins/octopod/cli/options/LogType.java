package io.jenkins.plugins.octopod.cli.options;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Which part of a log is wanted, in the original’s words. */
@Restricted(NoExternalUse.class)
public enum LogType {
    stdout,
    stderr,
    all
}
