package io.jenkins.plugins.octopod.api.v2;

import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.plugins.octopod.api.Body;
import io.jenkins.plugins.octopod.api.Problem;
import io.jenkins.plugins.octopod.api.Reply;
import io.jenkins.plugins.octopod.api.v2.forms.LifetimeForm;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Lifetimes;
import io.jenkins.plugins.octopod.staging.Staging;
import java.io.IOException;

/** How long a staging is kept. That runs nothing, so it is done when it is answered. */
final class LifetimeCalls {

    private static final Body<LifetimeForm> LIFETIME = new Body<>(
            Forms.MAPPER, new TypeReference<>() {}, "{\"pinned\":false,\"expiryDays\":14,\"expiryDate\":null}");

    private LifetimeCalls() {}

    static Reply get(V2Request request) throws RefusalException, Problem {
        request.requireNoQuery();
        Staging staging = request.staging();
        return Etags.versioned(request, "", () -> Forms.reply(200, LifetimeForm.of(staging)));
    }

    static Reply replace(V2Request request) throws RefusalException, Problem, IOException {
        request.requireNoQuery();
        Etags.requireNoIfMatch(request);
        Staging staging = request.staging();
        LifetimeForm wanted = request.body(LIFETIME);
        Lifetimes.keep(staging, wanted.expiry(), wanted.pinned());
        return Forms.reply(200, LifetimeForm.of(staging));
    }
}
