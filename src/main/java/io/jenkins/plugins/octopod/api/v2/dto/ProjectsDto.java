package io.jenkins.plugins.octopod.api.v2.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * A page of projects.
 *
 * @param total number of projects on all pages
 * @param next URL of the next page; {@code null} if this is the last one
 */
public record ProjectsDto(int total, @CheckForNull String next, List<ProjectDto> projects) {}
