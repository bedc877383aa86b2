package io.jenkins.plugins.octopod.api.v2.forms;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * What was asked of a staging, newest first.
 *
 * @param next the address of older ones; null where there are none
 */
public record OperationsDto(@CheckForNull String next, List<OperationDto> operations) {}
