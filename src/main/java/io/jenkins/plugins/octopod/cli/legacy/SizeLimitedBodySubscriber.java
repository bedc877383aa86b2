package io.jenkins.plugins.octopod.cli.legacy;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Receives the body of a response, and cancels the download if the body exceeds a limit. The result is then one byte
 * longer than the limit, so that the caller can recognize it. The time limit of the whole request holds for the body as
 * well, which it would not for a stream of the body.
 */
final class SizeLimitedBodySubscriber implements BodySubscriber<byte[]> {

    private final int longest;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    /**
     * Creates the subscriber.
     *
     * @param longest limit in bytes
     */
    SizeLimitedBodySubscriber(int longest) {
        this.longest = longest;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        opened.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            byte[] bytes = new byte[Math.min(piece.remaining(), longest + 1 - received.size())];
            piece.get(bytes);
            received.writeBytes(bytes);
        }
        if (received.size() > longest) {
            subscription.cancel();
            body.complete(received.toByteArray());
        }
    }

    @Override
    public void onError(Throwable cause) {
        body.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        body.complete(received.toByteArray());
    }
}
