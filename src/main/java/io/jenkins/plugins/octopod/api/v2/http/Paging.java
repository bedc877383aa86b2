package io.jenkins.plugins.octopod.api.v2.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Requested part of a list: {@code limit}, {@code sort} and {@code cursor} of a query. */
@ModuleInternal
public final class Paging {

    public static final String LIMIT = "limit";
    public static final String SORT = "sort";
    public static final String CURSOR = "cursor";

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final V2Request request;
    private final QueryParameters query;
    private final String sort;
    private final int limit;

    @CheckForNull
    private final PageCursor after;

    /**
     * One page of a list.
     *
     * @param total number of items on all pages
     * @param next URL of the next page; null for the last page
     */
    public record Page<T>(
            int total, List<T> items, @CheckForNull String next) {

        /** Returns the response, with the URL of the next page in the header {@code Link}. */
        public ApiResponse reply(Object items) {
            ApiResponse apiResponse = V2Json.reply(200, items);
            return next == null ? apiResponse : apiResponse.with("Link", '<' + next + ">; rel=\"next\"");
        }
    }

    private Paging(V2Request request, QueryParameters queryParameters, List<String> sorts) throws ApiException {
        this.request = request;
        this.query = queryParameters;
        List<String> both =
                sorts.stream().flatMap(each -> Stream.of(each, '-' + each)).toList();
        this.sort = queryParameters.oneOf(SORT, both);
        this.limit = queryParameters.number(LIMIT, 1, MAX_LIMIT, DEFAULT_LIMIT);
        this.after = PageCursor.of(queryParameters.text(CURSOR), sort);
    }

    /**
     * Reads the parameters.
     *
     * @param sorts names of the allowed orders, the default first; a minus sign in front of a name reverses the order
     * @throws ApiException if a parameter is invalid
     */
    public static Paging of(V2Request request, QueryParameters queryParameters, List<String> sorts)
            throws ApiException {
        return new Paging(request, queryParameters, sorts);
    }

    /** Returns the name of the order without its sign. */
    public String key() {
        return isDescending() ? sort.substring(1) : sort;
    }

    private boolean isDescending() {
        return sort.startsWith("-");
    }

    private record ItemWithCursor<T>(PageCursor cursor, T item) {}

    /**
     * Returns the requested page.
     *
     * @param toCursor function that returns the cursor of an item; called once for each item, because items might change
     *     during sorting
     */
    public <T> Page<T> page(List<T> all, Function<T, PageCursor> toCursor) {
        Comparator<PageCursor> order = PageCursor.order(isDescending());
        List<ItemWithCursor<T>> rest = all.stream()
                .map(item -> new ItemWithCursor<>(toCursor.apply(item), item))
                .filter(entry -> after == null || order.compare(entry.cursor(), after) > 0)
                .sorted(Comparator.comparing(ItemWithCursor::cursor, order))
                .toList();
        List<ItemWithCursor<T>> here = rest.subList(0, Math.min(limit, rest.size()));
        boolean last = here.size() == rest.size();
        return new Page<>(
                all.size(),
                here.stream().map(ItemWithCursor::item).toList(),
                last ? null : next(here.get(here.size() - 1).cursor()));
    }

    private String next(PageCursor last) {
        return ApiUrls.of(encodedPath()) + query.with(CURSOR, last.cursor(sort));
    }

    private String encodedPath() {
        return request.parameters().isEmpty()
                ? request.path()
                : ApiUrls.relativeStagings(ApiUrls.fullName(request.parameters().get(0)));
    }
}
