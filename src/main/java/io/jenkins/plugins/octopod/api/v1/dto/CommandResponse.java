package io.jenkins.plugins.octopod.api.v1.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * Result of a request: it was accepted, the staging’s name is invalid, or there was a different error.
 *
 * @param tag {@code Success}, {@code ValidationError} for an invalid name, or {@code AppError} for a different error
 * @param nameField sentences about an invalid name; {@code null} otherwise
 * @param errorMessage sentence about a different error; {@code null} otherwise
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
