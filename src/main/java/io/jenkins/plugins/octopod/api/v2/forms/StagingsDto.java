package io.jenkins.plugins.octopod.api.v2.forms;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * A page of stagings.
 *
 * @param total how many there are on all pages
 * @param next the address of the next page; null where this is the last
 */
public record StagingsDto(int total, @CheckForNull String next, List<StagingDto> stagings) {}
