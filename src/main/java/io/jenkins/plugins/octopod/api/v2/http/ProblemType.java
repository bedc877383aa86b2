package io.jenkins.plugins.octopod.api.v2.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.util.Locale;

/** Types of problems that clients can distinguish: each {@link Reason}, and those of this API. */
@ModuleInternal
public enum ProblemType {
    INVALID_NAME(422, "The name is invalid"),
    INVALID_INPUT(422, "An override or a setting is invalid"),
    CONFIG_CHECK(422, "config_check refused the configuration"),
    EXISTS(Reason.EXISTS, "The name is taken"),
    UNKNOWN(Reason.UNKNOWN, "There is no such thing, or you may not see it"),
    NOT_NOW(Reason.NOT_NOW, "The request isn't possible now"),
    SHUTTING_DOWN(Reason.SHUTTING_DOWN, "Jenkins is about to shut down"),
    UNAVAILABLE(Reason.UNAVAILABLE, "Something that is needed isn't available"),
    /** Another user has changed the overrides since the client read them. */
    OVERRIDES_CHANGED(412, "The overrides have changed"),
    /** The idempotency key was used for a different request. */
    KEY_REUSED(422, "The idempotency key was used for a different request"),
    /** The request with this idempotency key is still being processed. */
    KEY_IN_USE(409, "The request with this idempotency key isn't answered yet");

    /** Documentation with a section for each type. */
    private static final String DOCUMENTATION =
            "https://github.com/jenkinsci/octopod-plugin/blob/main/docs/api.md#problem-";

    private final int status;
    private final String title;

    ProblemType(Reason reason, String title) {
        this(reason.httpStatus(), title);
    }

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    static ProblemType of(Reason reason) {
        return valueOf(reason.name());
    }

    /** Returns the type; null for null. */
    @CheckForNull
    static ProblemType ofNullable(@CheckForNull String name) {
        return name == null ? null : valueOf(name);
    }

    int status() {
        return status;
    }

    /** Returns the title in English, like the API’s description, because it is for programmers. */
    String title() {
        return title;
    }

    public String uri() {
        return DOCUMENTATION + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
