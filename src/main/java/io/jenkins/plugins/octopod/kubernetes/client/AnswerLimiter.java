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
 * Reads the answers of an API server up to a limit in bytes and in time. The server is named by whoever configures a project, so
 * it may send anything, and for ever. Messages of watches are limited by {@link LimitedSocketFactory}. Thread-safe.
 */
final class AnswerLimiter implements Interceptor {

    /** Of the version, and of whether something is allowed. */
    private static final int MAX_SMALL = 256 * 1024;

    /** Of an answer that says what is wrong; the client puts it into its log. */
    private static final int MAX_ERROR = 4 * 1024;

    /** Of a log, which the server is asked not to exceed. */
    static final int MAX_LOG = 4 * 1024 * 1024;

    /** Of a page of a list. */
    private static final int MAX_PAGE = 8 * 1024 * 1024;

    /** Of all pages of a list. */
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
            // A compressed message can be a thousand times as large as what was received.
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

    /** Enough of what an error says: its status counts, and not its words. */
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

    /** What is reserved is given back at once, as all of it has been received then. */
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

    /** A server could say of each page that there is another one. */
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

    /** Ends after so many bytes; whoever reads begins anew. */
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
