package io.jenkins.plugins.octopod.api.v1.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * What has become of a request: it was accepted, its name can’t be one, or something else is wrong.
 *
 * @param nameField sentences, of a name that can’t be one; null otherwise
 * @param errorMessage a sentence; null otherwise
 */
public record CommandResponse(
        String tag,
        @CheckForNull List<String> nameField,
        @CheckForNull String errorMessage) {

    public static final CommandResponse SUCCESS = new CommandResponse("Success", null, null);

    public static CommandResponse validationError(String sentence) {
        return new CommandResponse("ValidationError", List.of(sentence), null);
    }

    public static CommandResponse appError(String sentence) {
        return new CommandResponse("AppError", null, sentence);
    }
}
