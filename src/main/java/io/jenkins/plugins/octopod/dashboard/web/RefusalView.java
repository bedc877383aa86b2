package io.jenkins.plugins.octopod.dashboard.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.request.OverridesConflictException;
import io.jenkins.plugins.octopod.staging.request.StagingBusyException;
import java.util.List;

/**
 * View model of a refusal.
 *
 * @param sentence message for the user; several sentences if there are several problems
 * @param problems same messages, each with the form field that it is about; at least one
 * @param statusCode HTTP status code of the response
 * @param waitable whether the user can request the same after the current action on the staging
 */
public record RefusalView(String sentence, List<Problem> problems, int statusCode, boolean waitable) {

    /** HTTP status for a form that is based on outdated data. */
    private static final int PRECONDITION_FAILED = 412;

    /** Minimum length in characters of a shortened sentence. */
    private static final int MIN_LENGTH = 500;

    /** Part of a form that a refusal is about. */
    public enum Field {
        NAME,
        DEPLOYMENT,
        APPLICATION,
        NONE
    }

    /**
     * Single problem.
     *
     * @param field field that it is about
     * @param key key of the override that it is about; null if unknown
     * @param sentence message about the problem
     */
    public record Problem(Field field, @CheckForNull String key, String sentence) {}

    public static RefusalView of(RefusalException e) {
        boolean changed = e instanceof OverridesConflictException;
        boolean waitable = e instanceof StagingBusyException busy && busy.isWorthWaiting();
        return new RefusalView(
                e.getMessage(),
                problems(e),
                changed ? PRECONDITION_FAILED : e.getReason().httpStatus(),
                waitable);
    }

    /** Returns the refusal for a user without permission. */
    public static RefusalView notPermitted(String sentence) {
        return of(sentence, 403);
    }

    /** Returns the refusal for something unavailable now. */
    public static RefusalView unavailable(String sentence) {
        return of(sentence, 503);
    }

    /** Returns the refusal for an internal error. */
    public static RefusalView broken(String sentence) {
        return of(sentence, 500);
    }

    private static RefusalView of(String sentence, int statusCode) {
        return new RefusalView(sentence, List.of(new Problem(Field.NONE, null, sentence)), statusCode, false);
    }

    private static List<Problem> problems(RefusalException e) {
        if (e instanceof FieldRefusalException inFields) {
            return inFields.problems();
        }
        Field field =
                switch (e.getReason()) {
                    case INVALID_NAME, EXISTS -> Field.NAME;
                    default -> Field.NONE;
                };
        return List.of(new Problem(field, null, e.getMessage()));
    }

    /**
     * Returns the refusal with a shortened message.
     *
     * @param maxLength maximum length of all sentences in characters
     */
    public RefusalView shortened(int maxLength) {
        if (length() <= maxLength) {
            return this;
        }
        String cut = cut(sentence, Math.max(MIN_LENGTH, maxLength / 2));
        return new RefusalView(cut, List.of(new Problem(problems.get(0).field(), null, cut)), statusCode, waitable);
    }

    /** Returns the length of all sentences and keys in characters. */
    public int length() {
        return sentence.length()
                + problems.stream()
                        .mapToInt(problem -> problem.sentence().length()
                                + (problem.key() == null ? 0 : problem.key().length()))
                        .sum();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + '…';
    }
}
