package io.jenkins.plugins.octopod.kubernetes.client;

import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import okhttp3.OkHttpClient;

/**
 * Makes HTTP clients that read no more of an answer than {@link AnswerLimiter} and {@link LimitedSocketFactory} let them, and that
 * go where they were sent and nowhere else.
 */
final class BoundedHttpClientFactory extends OkHttpClientFactory {

    /** Of each request, but not of a watch that has been accepted. */
    private static final Duration MAX_CALL = Duration.ofMinutes(1);

    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
        ByteBudget budget = ByteBudget.forReceived();
        builder.followRedirects(false)
                .followSslRedirects(false)
                // With it, other threads than the one that reads would connect.
                .fastFallback(false)
                .callTimeout(MAX_CALL)
                .socketFactory(new LimitedSocketFactory(budget))
                .addInterceptor(new AnswerLimiter(budget));
    }

    /** Reads objects, and says so to what limits them: the messages of a watch are read on the thread that receives them. */
    static final class Serialization extends KubernetesSerialization {
        @Override
        public <T> T unmarshal(String text, Class<T> type) {
            LimitedSocketFactory.handedOn();
            return super.unmarshal(text, type);
        }
    }
}
