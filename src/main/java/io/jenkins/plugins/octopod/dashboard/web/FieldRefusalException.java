package io.jenkins.plugins.octopod.dashboard.web;

import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.List;

/** Thrown if fields of a form have invalid content. */
public class FieldRefusalException extends RefusalException {

    private static final long serialVersionUID = 1L;

    private final transient List<RefusalView.Problem> problems;

    /**
     * Creates the exception.
     *
     * @param problems problems of fields, at least one; together they form the cause’s message
     * @param cause refusal with the reason and the message
     */
    public FieldRefusalException(List<RefusalView.Problem> problems, RefusalException cause) {
        super(cause.getReason(), cause.getMessage(), cause);
        this.problems = List.copyOf(problems);
    }

    List<RefusalView.Problem> problems() {
        return problems;
    }
}
