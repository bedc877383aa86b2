package io.jenkins.plugins.octopod.dashboard.compare;

import java.util.List;
import java.util.Objects;

/** Two sides of a comparison, with what differs. */
public final class Comparison {

    private final ComparedSide left;
    private final ComparedSide right;

    Comparison(ComparedSide left, ComparedSide right) {
        this.left = left;
        this.right = right;
    }

    public List<ComparedSide> getSides() {
        return List.of(left, right);
    }

    public ComparedSide getRight() {
        return right;
    }

    /** Returns whether a side has a note. */
    public boolean isNoted() {
        return getSides().stream().anyMatch(side -> side.getNote() != null);
    }

    /** Returns the configuration, then the links if both sides are stagings. */
    public List<ComparedSection> getSections() {
        ComparedSection deployment = ComparedSection.of("deployment", left.deployment(), right.deployment());
        ComparedSection application = ComparedSection.of("application", left.application(), right.application());
        return right.getSummary() == null
                ? List.of(deployment, application)
                : List.of(deployment, application, ComparedSection.of("links", left.links(), right.links()));
    }

    /** Returns why default values are missing or out of date, each sentence once. */
    public List<String> getProblems() {
        if (!left.isReadable() && !right.isReadable()) {
            return List.of(Messages.Comparison_notReadable());
        }
        return getSides().stream()
                .map(ComparedSide::getProblem)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
