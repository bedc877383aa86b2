package io.jenkins.plugins.octopod.api.v2.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * A page of a staging’s operations, newest first.
 *
 * @param next URL of the page with older operations; {@code null} if there are none
 */
public record OperationsDto(@CheckForNull String next, List<OperationDto> operations) {}
