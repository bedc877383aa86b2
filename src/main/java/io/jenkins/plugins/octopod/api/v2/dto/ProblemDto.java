package io.jenkins.plugins.octopod.api.v2.dto;

/**
 * Problem details of an error, see RFC 9457.
 *
 * @param type URI of the problem’s type; {@code about:blank} if there is no more specific type than the HTTP status
 * @param title title of the type, the same for all problems of the type
 * @param status HTTP status code
 * @param detail sentence for the user
 */
public record ProblemDto(String type, String title, int status, String detail) {}
