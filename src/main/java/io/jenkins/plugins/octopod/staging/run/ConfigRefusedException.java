package io.jenkins.plugins.octopod.staging.run;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;

/** {@code config_check} says no; the message is what it printed, for the one who asked. */
@ModuleInternal
public final class ConfigRefusedException extends ScriptFailureException {

    private static final long serialVersionUID = 1L;

    ConfigRefusedException(String printed) {
        super(printed);
    }
}
