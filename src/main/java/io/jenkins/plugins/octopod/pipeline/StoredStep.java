package io.jenkins.plugins.octopod.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.pipeline.execution.StagingStepRequest;
import io.jenkins.plugins.octopod.pipeline.execution.StepOptions;
import io.jenkins.plugins.octopod.pipeline.execution.WhenBusy;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.io.InvalidObjectException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stored form of a waiting step: a map of the JDK’s own types under short names. Pipelines are stored with Java
 * serialization, which has no aliases, so {@link ActionStepExecution} is the only class of this plugin that is stored.
 */
final class StoredStep {

    private static final String PROJECT = "project";
    private static final String NAME = "name";
    private static final String KIND = "kind";
    private static final String APPLICATION = "application";
    private static final String DEPLOYMENT = "deployment";
    private static final String WAIT = "wait";
    private static final String WHEN_BUSY = "whenBusy";
    private static final String PUBLISH_CHECKS = "publishChecks";
    private static final String NOTE = "note";
    private static final String USER = "user";
    private static final String REQUEST_ID = "requestId";
    private static final String LOG_OFFSET = "logOffset";
    private static final String STAGING = "staging";
    private static final String RUN_ANNOUNCED = "runAnnounced";
    private static final String DELAY_EXPLAINED = "delayExplained";
    private static final String CLEANED_UP = "cleanedUp";

    private final Map<String, Object> values;

    private StoredStep(Map<String, Object> values) {
        this.values = values;
    }

    /** Creates the stored form of a step’s request. */
    static StoredStep of(StagingStepRequest request, String requestId) {
        StoredStep step = new StoredStep(new HashMap<>());
        step.values.put(PROJECT, request.projectPath());
        step.values.put(NAME, request.name());
        step.values.put(KIND, request.kind().name());
        step.values.put(
                APPLICATION,
                new LinkedHashMap<>(request.overrides().application().asMap()));
        step.values.put(
                DEPLOYMENT, new LinkedHashMap<>(request.overrides().deployment().asMap()));
        step.values.put(WAIT, request.options().waiting());
        step.values.put(WHEN_BUSY, request.options().whenBusy().word());
        step.values.put(PUBLISH_CHECKS, request.options().publishingChecks());
        step.values.put(NOTE, request.options().note());
        step.values.put(REQUEST_ID, requestId);
        return step;
    }

    /** Reads a map that {@link #values} returned. */
    @SuppressWarnings("unchecked")
    static StoredStep read(Object stored) throws InvalidObjectException {
        if (stored instanceof Map<?, ?> map) {
            return new StoredStep((Map<String, Object>) map);
        }
        throw new InvalidObjectException("A map of the step’s values is expected, not " + stored);
    }

    /** Returns the map to store, which contains types of the JDK only. */
    Map<String, Object> values() {
        return values;
    }

    StoredStep withUser(@CheckForNull String user) {
        values.put(USER, user);
        return this;
    }

    /** Sets how many bytes of the run’s log are copied. */
    StoredStep withLogOffset(long logOffset) {
        values.put(LOG_OFFSET, logOffset);
        return this;
    }

    /** Sets the full name of the staging; null if the request is not accepted yet. */
    StoredStep withStaging(@CheckForNull String staging) {
        values.put(STAGING, staging);
        return this;
    }

    StoredStep withRunAnnounced(boolean runAnnounced) {
        values.put(RUN_ANNOUNCED, runAnnounced);
        return this;
    }

    StoredStep withDelayExplained(boolean delayExplained) {
        values.put(DELAY_EXPLAINED, delayExplained);
        return this;
    }

    StoredStep withCleanedUp(boolean cleanedUp) {
        values.put(CLEANED_UP, cleanedUp);
        return this;
    }

    StagingStepRequest request() throws InvalidObjectException {
        try {
            return new StagingStepRequest(
                    text(PROJECT),
                    text(NAME),
                    Kind.valueOf(text(KIND)),
                    new StagingOverrides(overrides(APPLICATION), overrides(DEPLOYMENT)),
                    // A step that was stored before the parameter existed has its default.
                    new StepOptions(
                            is(WAIT),
                            WhenBusy.of(text(WHEN_BUSY)),
                            !Boolean.FALSE.equals(values.get(PUBLISH_CHECKS)),
                            text(NOTE)));
        } catch (RefusalException | IllegalArgumentException e) {
            InvalidObjectException invalid = new InvalidObjectException(e.getMessage());
            invalid.initCause(e);
            throw invalid;
        }
    }

    private Overrides overrides(String key) throws RefusalException {
        Overrides.Builder builder = new Overrides.Builder();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) values.get(key)).entrySet()) {
            if (entry.getValue() == null) {
                builder.remove((String) entry.getKey());
            } else {
                builder.set((String) entry.getKey(), (String) entry.getValue());
            }
        }
        return builder.build();
    }

    /** Returns the id of the user that the step acts as; null for Jenkins itself. */
    @CheckForNull
    String user() {
        return text(USER);
    }

    String requestId() {
        return text(REQUEST_ID);
    }

    long logOffset() {
        return values.get(LOG_OFFSET) instanceof Long offset ? offset : 0;
    }

    /** Returns the full name of the staging; null if the request is not accepted yet. */
    @CheckForNull
    String staging() {
        return text(STAGING);
    }

    boolean isRunAnnounced() {
        return is(RUN_ANNOUNCED);
    }

    boolean isDelayExplained() {
        return is(DELAY_EXPLAINED);
    }

    boolean isCleanedUp() {
        return is(CLEANED_UP);
    }

    private String text(String key) {
        return (String) values.get(key);
    }

    private boolean is(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }
}
