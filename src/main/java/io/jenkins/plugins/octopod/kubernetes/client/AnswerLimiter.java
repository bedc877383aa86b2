package io.jenkins.plugins.octopod.kubernetes.client;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/**
 * Limits the size and the duration of an API server’s responses. A user who configures a project chooses the server, so
 * it could send anything, endlessly. {@link LimitedSocketFactory} limits the messages of watches. Thread-safe.
 */
final class AnswerLimiter implements Interceptor {

    /** Limit for the version and for the result of a permission check. */
    private static final int MAX_SMALL = 256 * 1024;

    /** Limit for an error response, which the client writes to its log. */
    private static final int MAX_ERROR = 4 * 1024;

    /** Limit for a pod’s log. The request asks the server for less. */
    static final int MAX_LOG = 4 * 1024 * 1024;

    /** Limit for one page of a list. */
    private static final int MAX_PAGE = 8 * 1024 * 1024;

    /** Limit for all pages of a list. */
    private static final long MAX_LIST = 256L * 1024 * 1024;

    private static final Duration MAX_TIME = Duration.ofSeconds(30);
    private static final int MAX_SILENCE_MILLIS = 10_000;
    private static final int SEGMENT = 8 * 1024;

    private final ByteBudget budget;

    private final ListSizes lists = new ListSizes(Ticker.systemTicker());

    AnswerLimiter(ByteBudget budget) {
        this.budget = budget;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if ("websocket".equalsIgnoreCase(request.header("Upgrade"))) {
            // A message can be a thousand times as large as its compressed form.
            return chain.proceed(request.newBuilder()
                    .removeHeader("Sec-WebSocket-Extensions")
                    .build());
        }
        if ("true".equals(request.url().queryParameter("watch"))) {
            Response response = chain.proceed(request);
            return with(response, Okio.buffer(new Limited(response.body().source(), MAX_PAGE)));
        }
        Response response =
                chain.withReadTimeout(MAX_SILENCE_MILLIS, TimeUnit.MILLISECONDS).proceed(request);
        try (ResponseBody body = response.body()) {
            if (!response.isSuccessful()) {
                return with(response, beginning(body.source()));
            }
            Buffer answer = read(body.source(), limit(request));
            requireShortList(request, answer.size());
            return with(response, answer);
        }
    }

    private static Response with(Response response, BufferedSource content) {
        ResponseBody body = response.body();
        return response.newBuilder()
                .body(ResponseBody.create(content, body.contentType(), -1))
                .build();
    }

    /** Returns the beginning of an error response. The client needs its status, not its text. */
    private static Buffer beginning(BufferedSource source) throws IOException {
        Buffer beginning = new Buffer();
        long read = 0;
        while (read >= 0 && beginning.size() < MAX_ERROR) {
            read = source.read(beginning, MAX_ERROR - beginning.size());
        }
        return beginning;
    }

    private static int limit(Request request) {
        String path = request.url().encodedPath();
        if (!"GET".equals(request.method()) || path.endsWith("/version")) {
            return MAX_SMALL;
        }
        return path.endsWith("/log") ? MAX_LOG : MAX_PAGE;
    }

    /**
     * Reads the response. Its part of the budget is released at the end, because the budget is only for responses being
     * received.
     */
    private Buffer read(BufferedSource source, int limit) throws IOException {
        Buffer answer = new Buffer();
        long end = System.nanoTime() + MAX_TIME.toNanos();
        long reserved = 0;
        try {
            while (source.read(answer, SEGMENT) >= 0) {
                LimitedSocketFactory.handedOn();
                if (answer.size() > limit) {
                    throw new AnswerTooLargeException(limit);
                }
                if (System.nanoTime() - end > 0) {
                    throw new SocketTimeoutException();
                }
                budget.reserve(answer.size() - reserved);
                reserved = answer.size();
            }
            return answer;
        } finally {
            budget.release(reserved);
        }
    }

    /** Limits the whole list, because a server could announce a next page endlessly. */
    private void requireShortList(Request request, long size) throws AnswerTooLargeException {
        HttpUrl url = request.url();
        if (!"GET".equals(request.method()) || url.queryParameter("limit") == null) {
            return;
        }
        String list = url.encodedPath() + "?limit=" + url.queryParameter("limit");
        long sum = url.queryParameter("continue") == null ? lists.begin(list, size) : lists.goOn(list, size);
        if (sum > MAX_LIST) {
            throw new AnswerTooLargeException(MAX_LIST);
        }
    }

    /** Ends the stream after the limit; the reader then starts a new request. */
    private static final class Limited extends ForwardingSource {

        private final long limit;
        private long received;

        Limited(Source source, long limit) {
            super(source);
            this.limit = limit;
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            long read = super.read(sink, byteCount);
            LimitedSocketFactory.handedOn();
            received += Math.max(read, 0);
            if (received > limit) {
                throw new AnswerTooLargeException(limit);
            }
            return read;
        }
    }
}
