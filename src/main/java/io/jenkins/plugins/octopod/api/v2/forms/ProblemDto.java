package io.jenkins.plugins.octopod.api.v2.forms;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param type an address that tells what kind of problem it is; {@code about:blank} where the status says all
 * @param title the same for all of that type
 * @param status of HTTP
 * @param detail a sentence for the one who asked
 */
public record ProblemDto(String type, String title, int status, String detail) {}
