package io.jenkins.plugins.octopod.api.v2.forms;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * A page of projects.
 *
 * @param total how many there are on all pages
 * @param next the address of the next page; null where this is the last
 */
public record ProjectsDto(int total, @CheckForNull String next, List<ProjectDto> projects) {}
