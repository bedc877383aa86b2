package io.jenkins.plugins.octopod.api.v2.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * A page of stagings.
 *
 * @param total number of stagings on all pages
 * @param next URL of the next page; {@code null} if this is the last one
 */
public record StagingsDto(int total, @CheckForNull String next, List<StagingDto> stagings) {}
