package io.jenkins.plugins.octopod.staging.run;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;

/**
 * Refusal of a configuration by {@code config_check}. The message is the script’s output, for the requester, or
 * describes the failure if the output is blank.
 */
@ModuleInternal
public final class ConfigRefusedException extends ScriptFailureException {

    private static final long serialVersionUID = 1L;

    ConfigRefusedException(String printed) {
        super(printed);
    }
}
