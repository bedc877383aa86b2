package io.jenkins.plugins.octopod.api.v2.calls;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.v2.http.QueryParameters;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.note.Note;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Filter for stagings.
 *
 * @param projects full names of projects; empty for all
 * @param statuses statuses; empty for all
 * @param words words that must all occur in the staging’s visible texts
 * @param viewer user whose stagings are selected; null for those of all users
 * @param archived whether to select archived stagings; null for both
 * @param busy whether to select busy stagings; null for both
 */
record StagingFilter(
        List<String> projects,
        Set<Status> statuses,
        List<String> words,
        @CheckForNull String viewer,
        @CheckForNull Boolean archived,
        @CheckForNull Boolean busy)
        implements Predicate<Staging> {

    static final String PROJECT = "project";
    static final String STATUS = "status";
    static final String TEXT = "text";
    static final String MINE = "mine";
    static final String ARCHIVED = "archived";
    static final String BUSY = "busy";

    static StagingFilter of(QueryParameters queryParameters) throws ApiException {
        String user = Jenkins.getAuthentication2().getName();
        return new StagingFilter(
                queryParameters.list(PROJECT),
                statuses(queryParameters),
                words(queryParameters.text(TEXT)),
                Boolean.TRUE.equals(queryParameters.flag(MINE)) ? user : null,
                queryParameters.flag(ARCHIVED),
                queryParameters.flag(BUSY));
    }

    private static Set<Status> statuses(QueryParameters queryParameters) throws ApiException {
        Set<Status> statuses = EnumSet.noneOf(Status.class);
        for (String name : queryParameters.list(STATUS)) {
            try {
                statuses.add(Status.valueOf(name));
            } catch (IllegalArgumentException e) {
                String all = Arrays.stream(Status.values()).map(Status::name).collect(Collectors.joining(", "));
                throw QueryParameters.bad(STATUS, name, all);
            }
        }
        return statuses;
    }

    static List<String> words(@CheckForNull String text) {
        return text == null
                ? List.of()
                : Arrays.stream(lower(text).split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean test(Staging staging) {
        ObservedState observedState = staging.observedState();
        return (projects.isEmpty() || projects.contains(staging.getParent().getFullName()))
                && (statuses.isEmpty() || statuses.contains(observedState.status()))
                && (archived == null || archived == observedState.status().isArchived())
                && (busy == null || busy == (observedState.pending() != null))
                && (viewer == null || isOf(staging, viewer))
                && (words.isEmpty() || words.stream().allMatch(lower(text(staging, observedState))::contains));
    }

    /** Returns whether the user created or last changed the staging. Never true for anonymous users. */
    private static boolean isOf(Staging staging, String user) {
        return !user.equals(ACL.ANONYMOUS_USERNAME)
                && (user.equals(staging.getCreatedBy()) || user.equals(staging.getChangedBy()));
    }

    private static String text(Staging staging, ObservedState observedState) {
        Note note = staging.note();
        Stream<String> known = Stream.of(
                staging.getName(),
                staging.getBranch(),
                staging.getParent().getFullName(),
                staging.getParent().getDisplayName(),
                observedState.status().name(),
                observedState.reason(),
                note == null ? null : note.text(),
                staging.getCreatedBy(),
                staging.getChangedBy());
        Stream<String> links = observedState.links().stream().flatMap(StagingFilter::text);
        Stream<String> overrides = Stream.of(staging.getDeploymentOverrides(), staging.getApplicationOverrides())
                .map(Overrides::toString);
        return Stream.of(known, links, overrides)
                .flatMap(each -> each)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> text(StagingLink link) {
        return Stream.of(link.name(), link.url());
    }
}
