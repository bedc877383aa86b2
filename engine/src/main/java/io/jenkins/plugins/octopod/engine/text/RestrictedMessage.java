package io.jenkins.plugins.octopod.engine.text;

import java.io.Serializable;
import java.util.Objects;

/**
 * A message with two forms. The detail can contain what only users who may read a project’s settings may see, such as addresses of
 * servers and IDs of credentials. The summary contains none of that and is for all other users. Immutable.
 *
 * @param summary sentence for every user who may see that there is a problem
 * @param detail sentence for users who may read the project’s settings
 */
public record RestrictedMessage(String summary, String detail) implements Serializable {

    public RestrictedMessage {
        Objects.requireNonNull(summary);
        Objects.requireNonNull(detail);
    }

    /** Returns a message that is the same for every user. */
    public static RestrictedMessage unrestricted(String sentence) {
        return new RestrictedMessage(sentence, sentence);
    }

    /** Returns the detail, or the summary for users who may not see the detail. */
    public String text(boolean detailPermitted) {
        return detailPermitted ? detail : summary;
    }
}
