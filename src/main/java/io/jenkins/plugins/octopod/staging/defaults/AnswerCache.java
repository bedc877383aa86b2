package io.jenkins.plugins.octopod.staging.defaults;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Answers of scripts by question. A question is asked once at a time, on a background thread. An answer that has become old
 * is given all the same, while the question is asked again.
 *
 * <p>Safe for any thread, and none of its methods waits but {@link #await}.
 *
 * @param <V> what scripts of this kind say
 */
final class AnswerCache<V> {

    /** From then on, whoever wants to know has the script asked again, and gets what it said last for the time being. */
    static final Duration REFRESH = Duration.ofMinutes(10);

    /** Nothing that is older is told. */
    static final Duration DROP = Duration.ofHours(24);

    /** For so long, nobody asks again what has failed: a page that asks twice a second would do nothing else. */
    static final Duration RETRY = Duration.ofSeconds(10);

    /** In characters, of all questions and answers: some thousand configurations of an ordinary size. */
    private static final long MOST_CHARACTERS = 16 << 20;

    private static final int OVERHEAD = 200;

    /** Asks the script; blocks. Whatever goes wrong is an answer, too. */
    @FunctionalInterface
    interface Loader<V> {
        Answer<V> load(Question question);
    }

    private record Entry<V>(Answer<V> answer, long loadedAt) {}

    private final Ticker ticker;
    private final Consumer<Question> news;
    private final AsyncLoadingCache<Question, Entry<V>> entries;

    /** @param news is told of questions with another answer than was known, just before that can be had */
    AnswerCache(Loader<V> loader, ToIntFunction<V> weigher, Executor threads, Ticker ticker, Consumer<Question> news) {
        this.ticker = ticker;
        this.news = news;
        this.entries = Caffeine.newBuilder()
                .executor(threads)
                .ticker(ticker)
                .refreshAfterWrite(REFRESH)
                .expireAfter(new Lifetime<V>())
                .maximumWeight(MOST_CHARACTERS)
                .<Question, Entry<V>>weigher((question, entry) -> OVERHEAD
                        + question.weight()
                        + entry.answer().known().map(weigher::applyAsInt).orElse(0))
                .buildAsync(new EntryLoader(loader));
    }

    /** What is known by now; has the script asked where that is nothing, or old. */
    Answer<V> ask(Question question) {
        CompletableFuture<Entry<V>> future = entries.get(question);
        if (!future.isDone() || future.isCompletedExceptionally()) {
            return new Answer.Loading<>();
        }
        Answer<V> answer = future.join().answer();
        boolean refreshing = entries.synchronous().policy().refreshes().containsKey(question);
        return answer instanceof Answer.Ready<V> ready
                ? new Answer.Ready<>(ready.value(), refreshing, refreshing ? null : ready.problem())
                : answer;
    }

    /** As {@link #ask}, for somebody who waits until something is known, for that long at most. */
    Answer<V> await(Question question, Duration limit) throws InterruptedException {
        try {
            entries.get(question).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            // What there is instead of an answer is told below.
        }
        return ask(question);
    }

    /** What is known by now; nobody is asked for it. */
    Optional<V> known(Question question) {
        return Optional.ofNullable(entries.synchronous().policy().getIfPresentQuietly(question))
                .flatMap(entry -> entry.answer().known());
    }

    /** Has the script asked again, however young the answer is. What is known stays known until then. */
    void reload(Question question) {
        Entry<V> entry = entries.synchronous().policy().getIfPresentQuietly(question);
        if (entry != null && entry.answer().known().isEmpty()) {
            entries.synchronous().invalidate(question);
        }
        if (entry == null || entry.answer().known().isEmpty()) {
            entries.get(question);
        } else {
            entries.synchronous().refresh(question);
        }
    }

    /** Remembers what somebody else has been told by the script. */
    void learn(Question question, V value) {
        tellNews(question, known(question), Optional.of(value));
        entries.put(question, CompletableFuture.completedFuture(entry(new Answer.Ready<>(value, false, null))));
    }

    /** Forgets answers, also those that are on their way. */
    void drop(Predicate<Question> which) {
        entries.asMap().keySet().removeIf(which);
    }

    /** In characters, more or less. */
    static int weight(Collection<String> texts) {
        return texts.stream().mapToInt(String::length).sum();
    }

    private void tellNews(Question question, Optional<V> before, Optional<V> now) {
        if (now.isPresent() && !now.equals(before)) {
            news.accept(question);
        }
    }

    private Entry<V> entry(Answer<V> answer) {
        return new Entry<>(answer, ticker.read());
    }

    private final class EntryLoader implements CacheLoader<Question, Entry<V>> {

        private final Loader<V> loader;

        EntryLoader(Loader<V> loader) {
            this.loader = loader;
        }

        @Override
        public Entry<V> load(Question question) {
            Answer<V> answer = loader.load(question);
            tellNews(question, Optional.empty(), answer.known());
            return entry(answer);
        }

        /** A failure doesn’t take away what is known, it is told beside it. */
        @Override
        public Entry<V> reload(Question question, Entry<V> old) {
            Answer<V> answer = loader.load(question);
            tellNews(question, old.answer().known(), answer.known());
            String problem = answer instanceof Answer.Failed<V> failed
                    ? failed.sentence()
                    : answer instanceof Answer.Unavailable<V> unavailable ? unavailable.sentence() : null;
            return problem != null && old.answer() instanceof Answer.Ready<V> ready
                    ? new Entry<>(new Answer.Ready<>(ready.value(), false, problem), old.loadedAt())
                    : entry(answer);
        }
    }

    private static final class Lifetime<V> implements Expiry<Question, Entry<V>> {

        @Override
        public long expireAfterCreate(Question question, Entry<V> entry, long now) {
            return entry.answer().known().isPresent()
                    ? Math.max(0, DROP.toNanos() - (now - entry.loadedAt()))
                    : RETRY.toNanos();
        }

        @Override
        public long expireAfterUpdate(Question question, Entry<V> entry, long now, long current) {
            return expireAfterCreate(question, entry, now);
        }

        @Override
        public long expireAfterRead(Question question, Entry<V> entry, long now, long current) {
            return current;
        }
    }
}
