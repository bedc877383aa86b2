package io.jenkins.plugins.octopod.security;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.BulkChange;
import hudson.Extension;
import hudson.Util;
import hudson.XmlFile;
import hudson.util.FormValidation;
import hudson.util.XStream2;
import io.jenkins.plugins.octopod.StoredName;
import java.io.File;
import java.io.IOException;
import jenkins.model.GlobalConfiguration;
import jenkins.model.GlobalConfigurationCategory;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Settings with which an administrator allows more than the safe defaults. Thread-safe. */
@Extension
@Symbol("octopodSecurity")
public final class SecuritySettings extends GlobalConfiguration {

    /** The name of the file and the class name in it do not depend on the name of this class. */
    private static final XStream2 XSTREAM = new XStream2();

    static {
        StoredName.register(
                "octopod-security",
                SecuritySettings.class,
                "io.jenkins.plugins.octopod.security.SecuritySettings",
                XSTREAM);
    }

    private volatile boolean controllerAccountAllowed;

    @NonNull
    private volatile String allowedVariables = "";

    private volatile int maxOverrides = NumberRange.OVERRIDES.initial();
    private volatile int maxOverridesSize = NumberRange.OVERRIDES_SIZE.initial();
    private volatile int maxAgentCalls = NumberRange.AGENT_CALLS.initial();
    private volatile int maxWaitingRequests = NumberRange.WAITING_REQUESTS.initial();
    private volatile int maxWaitingRequestsPerUser = NumberRange.WAITING_REQUESTS_PER_USER.initial();

    /** Loads the settings. Jenkins calls this once. */
    public SecuritySettings() {
        load();
    }

    /** Returns the settings of this Jenkins. */
    @NonNull
    public static SecuritySettings get() {
        return GlobalConfiguration.all().getInstance(SecuritySettings.class);
    }

    @Override
    protected XmlFile getConfigFile() {
        return new XmlFile(XSTREAM, new File(Jenkins.get().getRootDir(), "octopod-security.xml"));
    }

    /** Loads the stored settings. Ignores numbers out of range, for example in a file that was edited by hand. */
    @Override
    public synchronized void load() {
        super.load();
        XmlFile file = getConfigFile();
        maxOverrides = NumberRange.OVERRIDES.loaded(maxOverrides, file);
        maxOverridesSize = NumberRange.OVERRIDES_SIZE.loaded(maxOverridesSize, file);
        maxAgentCalls = NumberRange.AGENT_CALLS.loaded(maxAgentCalls, file);
        maxWaitingRequests = NumberRange.WAITING_REQUESTS.loaded(maxWaitingRequests, file);
        maxWaitingRequestsPerUser = NumberRange.WAITING_REQUESTS_PER_USER.loaded(maxWaitingRequestsPerUser, file);
    }

    /**
     * Sets all settings from a form and saves them once, or sets none of them.
     *
     * @throws FormException if one of the numbers is refused; the message is a sentence
     */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        for (NumberRange range : NumberRange.values()) {
            range.requireIn(json);
        }
        try (BulkChange change = new BulkChange(this)) {
            boolean done = super.configure(req, json);
            change.commit();
            return done;
        } catch (IOException e) {
            throw new FormException(e, "octopodSecurity");
        }
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.SecuritySettings_displayName();
    }

    @NonNull
    @Override
    public GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(GlobalConfigurationCategory.Security.class);
    }

    /** Returns whether projects may watch a cluster with the service account of Jenkins’ pod. */
    public boolean isControllerAccountAllowed() {
        return controllerAccountAllowed;
    }

    @DataBoundSetter
    public void setControllerAccountAllowed(boolean controllerAccountAllowed) {
        this.controllerAccountAllowed = controllerAccountAllowed;
        save();
    }

    /**
     * Returns the names of environment variables that projects may bind credentials to although they are protected,
     * separated by white space or commas.
     */
    @NonNull
    public String getAllowedVariables() {
        return allowedVariables;
    }

    @DataBoundSetter
    public void setAllowedVariables(String allowedVariables) {
        this.allowedVariables = Util.fixNull(allowedVariables).trim();
        save();
    }

    /** Returns the maximum number of a staging’s overrides, for application and deployment together. */
    public int getMaxOverrides() {
        return maxOverrides;
    }

    /**
     * Sets the number.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    @DataBoundSetter
    public void setMaxOverrides(int maxOverrides) {
        this.maxOverrides = NumberRange.OVERRIDES.require(maxOverrides);
        save();
    }

    /** Returns the maximum size of all keys and values of a staging's overrides, in KiB. */
    public int getMaxOverridesSize() {
        return maxOverridesSize;
    }

    /**
     * Sets the size.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    @DataBoundSetter
    public void setMaxOverridesSize(int maxOverridesSize) {
        this.maxOverridesSize = NumberRange.OVERRIDES_SIZE.require(maxOverridesSize);
        save();
    }

    /** Returns the maximum number of scripts that run concurrently for requests and pages, without an executor. */
    public int getMaxAgentCalls() {
        return maxAgentCalls;
    }

    /**
     * Sets the number.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    @DataBoundSetter
    public void setMaxAgentCalls(int maxAgentCalls) {
        this.maxAgentCalls = NumberRange.AGENT_CALLS.require(maxAgentCalls);
        save();
    }

    /** Returns the maximum number of HTTP requests of all users that wait for agents concurrently. */
    public int getMaxWaitingRequests() {
        return maxWaitingRequests;
    }

    /**
     * Sets the number.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    @DataBoundSetter
    public void setMaxWaitingRequests(int maxWaitingRequests) {
        this.maxWaitingRequests = NumberRange.WAITING_REQUESTS.require(maxWaitingRequests);
        save();
    }

    /** Returns the maximum number of HTTP requests of one user that wait for agents concurrently. */
    public int getMaxWaitingRequestsPerUser() {
        return maxWaitingRequestsPerUser;
    }

    /**
     * Sets the number.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    @DataBoundSetter
    public void setMaxWaitingRequestsPerUser(int maxWaitingRequestsPerUser) {
        this.maxWaitingRequestsPerUser = NumberRange.WAITING_REQUESTS_PER_USER.require(maxWaitingRequestsPerUser);
        save();
    }

    @POST
    public FormValidation doCheckMaxOverrides(@QueryParameter String value) {
        return NumberRange.OVERRIDES.check(value);
    }

    @POST
    public FormValidation doCheckMaxOverridesSize(@QueryParameter String value) {
        return NumberRange.OVERRIDES_SIZE.check(value);
    }

    @POST
    public FormValidation doCheckMaxAgentCalls(@QueryParameter String value) {
        return NumberRange.AGENT_CALLS.check(value);
    }

    @POST
    public FormValidation doCheckMaxWaitingRequests(@QueryParameter String value) {
        return NumberRange.WAITING_REQUESTS.check(value);
    }

    @POST
    public FormValidation doCheckMaxWaitingRequestsPerUser(@QueryParameter String value) {
        return NumberRange.WAITING_REQUESTS_PER_USER.check(value);
    }
}
