package io.jenkins.plugins.octopod.kubernetes.client;

import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import okhttp3.OkHttpClient;

/**
 * Factory of HTTP clients that read no more of a response than {@link AnswerLimiter} and {@link LimitedSocketFactory}
 * allow, and that follow no redirects.
 */
final class BoundedHttpClientFactory extends OkHttpClientFactory {

    /** Time limit of each request, except of a watch after it was accepted. */
    private static final Duration MAX_CALL = Duration.ofMinutes(1);

    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
        ByteBudget budget = ByteBudget.forReceived();
        builder.followRedirects(false)
                .followSslRedirects(false)
                // Fast fallback connects on threads other than the reading one.
                .fastFallback(false)
                .callTimeout(MAX_CALL)
                .socketFactory(new LimitedSocketFactory(budget))
                .addInterceptor(new AnswerLimiter(budget));
    }

    /**
     * Serialization that calls {@link LimitedSocketFactory#handedOn} for each object. A watch’s messages are read on
     * the thread that receives them.
     */
    static final class Serialization extends KubernetesSerialization {
        @Override
        public <T> T unmarshal(String text, Class<T> type) {
            LimitedSocketFactory.handedOn();
            return super.unmarshal(text, type);
        }
    }
}
