package io.jenkins.plugins.octopod.project;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.octopod.project.ProjectSetting.CheckedField;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Settings of the checks of a project's stagings. A value out of range is replaced by the nearest one in range. */
public class CheckSettings extends AbstractDescribableImpl<CheckSettings> {

    static final int MIN_INTERVAL = 5;
    static final int MAX_INTERVAL = 86_400;
    static final int MAX_TIMEOUT = 3600;
    static final int MAX_PARALLELISM = 1000;
    static final int MAX_FAILURES = 100;

    private static final int DEFAULT_INTERVAL = 15;
    private static final int DEFAULT_TIMEOUT = 30;
    private static final int DEFAULT_PARALLELISM = 32;
    private static final int DEFAULT_FAILURES = 1;

    /** Fields with rules. */
    static final List<CheckedField<CheckSettings>> FIELDS = List.of(
            new CheckedField<>("interval", CheckSettings::getInterval, CheckSettings::checkInterval),
            new CheckedField<>("timeout", CheckSettings::getTimeout, CheckSettings::checkTimeout),
            new CheckedField<>("parallelism", CheckSettings::getParallelism, CheckSettings::checkParallelism),
            new CheckedField<>("failuresInRow", CheckSettings::getFailuresInRow, CheckSettings::checkFailuresInRow));

    private int interval = DEFAULT_INTERVAL;
    private int timeout = DEFAULT_TIMEOUT;
    private int parallelism = DEFAULT_PARALLELISM;
    private int failuresInRow = DEFAULT_FAILURES;
    private boolean keepAgent;

    @DataBoundConstructor
    public CheckSettings() {}

    /** Returns the seconds between two checks of a staging. */
    public int getInterval() {
        return interval;
    }

    @DataBoundSetter
    public void setInterval(int interval) {
        this.interval = within(MIN_INTERVAL, interval, MAX_INTERVAL);
    }

    /** Returns the time limit of a check in seconds. */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = within(1, timeout, MAX_TIMEOUT);
    }

    /** Returns how many checks can run at the same time on one agent. */
    public int getParallelism() {
        return parallelism;
    }

    @DataBoundSetter
    public void setParallelism(int parallelism) {
        this.parallelism = within(1, parallelism, MAX_PARALLELISM);
    }

    /** Returns after how many consecutive failed checks a running staging counts as failing. */
    public int getFailuresInRow() {
        return failuresInRow;
    }

    @DataBoundSetter
    public void setFailuresInRow(int failuresInRow) {
        this.failuresInRow = within(1, failuresInRow, MAX_FAILURES);
    }

    /** Returns whether an agent of a cloud is kept for checks, see {@link ProjectAgents}. */
    public boolean isKeepAgent() {
        return keepAgent;
    }

    @DataBoundSetter
    public void setKeepAgent(boolean keepAgent) {
        this.keepAgent = keepAgent;
    }

    public Duration intervalDuration() {
        return Duration.ofSeconds(interval);
    }

    public Duration timeoutDuration() {
        return Duration.ofSeconds(timeout);
    }

    private static int within(int least, int value, int greatest) {
        return Math.min(Math.max(value, least), greatest);
    }

    /** Corrects values of a config.xml that are missing or out of range. */
    protected Object readResolve() {
        setInterval(interval == 0 ? DEFAULT_INTERVAL : interval);
        setTimeout(timeout == 0 ? DEFAULT_TIMEOUT : timeout);
        setParallelism(parallelism == 0 ? DEFAULT_PARALLELISM : parallelism);
        setFailuresInRow(failuresInRow);
        return this;
    }

    private static FormValidation checkInterval(String seconds) {
        return inRange(seconds, MIN_INTERVAL, MAX_INTERVAL);
    }

    private static FormValidation checkTimeout(String seconds) {
        return inRange(seconds, 1, MAX_TIMEOUT);
    }

    private static FormValidation checkParallelism(String number) {
        return inRange(number, 1, MAX_PARALLELISM);
    }

    private static FormValidation checkFailuresInRow(String number) {
        return inRange(number, 1, MAX_FAILURES);
    }

    private static FormValidation inRange(String number, int least, int greatest) {
        return FormValidation.validateIntegerInRange(Util.fixNull(number).trim(), least, greatest);
    }

    /** Descriptor of the part of a project's form. */
    @Extension
    @Symbol("octopodChecks")
    public static class DescriptorImpl extends Descriptor<CheckSettings> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CheckSettings_displayName();
        }

        @POST
        public FormValidation doCheckInterval(@AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettingsValidation.ifConfigurable(item, () -> checkInterval(value));
        }

        @POST
        public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettingsValidation.ifConfigurable(item, () -> checkTimeout(value));
        }

        @POST
        public FormValidation doCheckParallelism(@AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettingsValidation.ifConfigurable(item, () -> checkParallelism(value));
        }

        @POST
        public FormValidation doCheckFailuresInRow(@AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettingsValidation.ifConfigurable(item, () -> checkFailuresInRow(value));
        }
    }
}
