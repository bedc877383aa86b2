package io.jenkins.plugins.octopod.api.v2.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.util.Locale;

/** Kinds of problems that programs may want to tell apart: each {@link Reason}, and those of this API. */
@ModuleInternal
public enum ProblemType {
    INVALID_NAME(422, "The name can't be one"),
    INVALID_INPUT(422, "An override or a setting can't be understood"),
    CONFIG_CHECK(422, "config_check has refused the configuration"),
    EXISTS(409, "The name is taken"),
    UNKNOWN(404, "There is no such thing, or you may not see it"),
    NOT_NOW(409, "It can't be done now"),
    SHUTTING_DOWN(503, "Jenkins is about to shut down"),
    UNAVAILABLE(503, "Something that is needed isn't there"),
    /** Somebody else has changed what was to be changed. */
    CHANGED_MEANWHILE(412, "The overrides are others by now"),
    /** The same idempotency key for another request. */
    KEY_REUSED(422, "The idempotency key was used for another request"),
    /** The request that has this idempotency key isn’t answered yet. */
    KEY_IN_USE(409, "The request with this idempotency key isn't answered yet");

    /** A part of the documentation for each. */
    private static final String DOCUMENTATION =
            "https://github.com/jenkinsci/octopod-plugin/blob/main/docs/api.md#problem-";

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    static ProblemType of(Reason reason) {
        return valueOf(reason.name());
    }

    /** As a problem calls it; null if there is none of that name. */
    @CheckForNull
    static ProblemType ofNullable(@CheckForNull String name) {
        return name == null ? null : valueOf(name);
    }

    int status() {
        return status;
    }

    /** For programmers, so in English only, as the API’s description. */
    String title() {
        return title;
    }

    public String uri() {
        return DOCUMENTATION + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
