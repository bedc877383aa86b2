package io.jenkins.plugins.octopod.api.v2.dto;

/**
 * Problem details of an error, as in RFC 9457.
 *
 * @param type URI of the problem’s type, or {@code about:blank} if the status says everything
 * @param title title of the type, the same for all its problems
 * @param status HTTP status code
 * @param detail sentence for the user
 */
public record ProblemDto(String type, String title, int status, String detail) {}
