package io.jenkins.plugins.octopod.api.v2.dto;

/**
 * New note of a staging.
 *
 * @param text at most two lines; empty to remove the note
 */
public record NoteDto(String text) {

    /**
     * Creates the note.
     *
     * @throws IllegalArgumentException if the text is missing; the message is a sentence
     */
    public NoteDto {
        if (text == null) {
            throw new IllegalArgumentException(Messages.NoteDto_expected());
        }
    }
}
