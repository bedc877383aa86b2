package io.jenkins.plugins.octopod.security;

import hudson.Util;
import hudson.XmlFile;
import hudson.model.Descriptor.FormException;
import hudson.util.FormValidation;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;

/** Minimum, maximum and initial value of each number in the {@link SecuritySettings}. */
enum NumberRange {
    OVERRIDES("maxOverrides", 1, 10_000, 1000),
    /** In KiB. The body of an API request can have 1024 KiB. */
    OVERRIDES_SIZE("maxOverridesSize", 1, 1024, 256),
    AGENT_CALLS("maxAgentCalls", 4, 200, 16),
    WAITING_REQUESTS("maxWaitingRequests", 1, 1000, 40),
    WAITING_REQUESTS_PER_USER("maxWaitingRequestsPerUser", 1, 1000, 10);

    private static final Logger LOGGER = Logger.getLogger(NumberRange.class.getName());

    private final String setting;
    private final int min;
    private final int max;
    private final int initial;

    /**
     * Creates a range.
     *
     * @param setting name of the setting in the form, the file and configuration as code
     */
    NumberRange(String setting, int min, int max, int initial) {
        this.setting = setting;
        this.min = min;
        this.max = max;
        this.initial = initial;
    }

    int initial() {
        return initial;
    }

    /**
     * Returns the value.
     *
     * @throws IllegalArgumentException if the value is out of range; the message is a sentence
     */
    int require(int value) {
        if (!contains(value)) {
            throw new IllegalArgumentException(Messages.NumberRange_outOfRange(min, max));
        }
        return value;
    }

    /** Returns the value from the file. If it is out of range, returns the initial value, and logs a warning. */
    int loaded(int value, XmlFile file) {
        if (contains(value)) {
            return value;
        }
        LOGGER.warning(() -> setting + " is " + value + " in " + file.getFile() + ", but must be from " + min + " to "
                + max + ". Jenkins uses " + initial + " until that is corrected.");
        return initial;
    }

    /**
     * Checks a submitted form.
     *
     * @throws FormException if the form contains the setting with an invalid value; the message is a sentence
     */
    void requireIn(JSONObject form) throws FormException {
        if (form.has(setting) && !isValid(form.getString(setting))) {
            throw new FormException(Messages.NumberRange_refused(min, max, setting), setting);
        }
    }

    /** Checks a value that an administrator has typed. */
    FormValidation check(String typed) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return isValid(typed) ? FormValidation.ok() : FormValidation.error(Messages.NumberRange_outOfRange(min, max));
    }

    private boolean isValid(String typed) {
        try {
            return contains(Integer.parseInt(Util.fixNull(typed).trim()));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private boolean contains(int value) {
        return value >= min && value <= max;
    }
}
