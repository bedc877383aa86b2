package io.jenkins.plugins.octopod.api.v2;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.api.Problem;
import io.jenkins.plugins.octopod.api.Reply;
import io.jenkins.plugins.octopod.api.v2.forms.Addresses;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which part of a list is wanted: {@code limit}, {@code sort} and {@code cursor} of a query. */
final class Paging {

    static final String LIMIT = "limit";
    static final String SORT = "sort";
    static final String CURSOR = "cursor";

    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final V2Request request;
    private final Query query;
    private final String sort;
    private final int limit;

    @CheckForNull
    private final Position after;

    /**
     * A page.
     *
     * @param total how many there are on all pages
     * @param next the address of the next one; null where this is the last
     */
    record Page<T>(int total, List<T> items, @CheckForNull String next) {

        /** Also says in the header of that name where the next one is. */
        Reply reply(Object form) {
            Reply reply = Forms.reply(200, form);
            return next == null ? reply : reply.with("Link", '<' + next + ">; rel=\"next\"");
        }
    }

    /** @param sorts that are allowed, the usual one first; each may have a minus sign before it */
    private Paging(V2Request request, Query query, List<String> sorts) throws Problem {
        this.request = request;
        this.query = query;
        List<String> both =
                sorts.stream().flatMap(each -> Stream.of(each, '-' + each)).toList();
        this.sort = query.oneOf(SORT, both);
        this.limit = query.number(LIMIT, 1, MOST, USUAL);
        this.after = Position.of(query.text(CURSOR), sort);
    }

    static Paging of(V2Request request, Query query, List<String> sorts) throws Problem {
        return new Paging(request, query, sorts);
    }

    /** What is sorted by, without its sign. */
    String key() {
        return isDescending() ? sort.substring(1) : sort;
    }

    private boolean isDescending() {
        return sort.startsWith("-");
    }

    private record Placed<T>(Position position, T item) {}

    /** @param position of each, which is asked once, as it may change while they are sorted */
    <T> Page<T> page(List<T> all, Function<T, Position> position) {
        Comparator<Position> order = Position.order(isDescending());
        List<Placed<T>> rest = all.stream()
                .map(item -> new Placed<>(position.apply(item), item))
                .filter(placed -> after == null || order.compare(placed.position(), after) > 0)
                .sorted(Comparator.comparing(Placed::position, order))
                .toList();
        List<Placed<T>> here = rest.subList(0, Math.min(limit, rest.size()));
        boolean last = here.size() == rest.size();
        return new Page<>(
                all.size(),
                here.stream().map(Placed::item).toList(),
                last ? null : next(here.get(here.size() - 1).position()));
    }

    private String next(Position last) {
        return Addresses.of(encodedPath()) + query.with(CURSOR, last.cursor(sort));
    }

    private String encodedPath() {
        return request.parameters().isEmpty()
                ? request.path()
                : Addresses.relativeStagings(
                        Addresses.fullName(request.parameters().get(0)));
    }
}
