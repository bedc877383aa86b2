package io.jenkins.plugins.octopod.dashboard.web;

import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.List;

/** A refusal of what stands in one field of a form, or in some of them. */
public class FieldRefusalException extends RefusalException {

    private static final long serialVersionUID = 1L;

    private final transient List<RefusalView.Problem> problems;

    /** @param problems what is wrong where, at least one; together they are what the cause says */
    public FieldRefusalException(List<RefusalView.Problem> problems, RefusalException cause) {
        super(cause.getReason(), cause.getMessage(), cause);
        this.problems = List.copyOf(problems);
    }

    List<RefusalView.Problem> problems() {
        return problems;
    }
}
