package io.jenkins.plugins.octopod.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.RequestBody;
import io.jenkins.plugins.octopod.api.v1.dto.CommandResponse;
import io.jenkins.plugins.octopod.api.v1.dto.ConfigurationEntry;
import io.jenkins.plugins.octopod.api.v1.dto.Deployment;
import io.jenkins.plugins.octopod.api.v1.dto.OverrideEntry;
import io.jenkins.plugins.octopod.api.v1.dto.OverrideValue;
import io.jenkins.plugins.octopod.api.v1.dto.Update;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of whatever is sent: it is read as it is meant, or refused with a sentence that says what is expected. */
class RequestBodyProperties {

    private static final byte[] VALID =
            ("{\"name\":\"a1\",\"app_overrides\":[[\"A.B\",{\"tag\":\"ValueAdded\",\"contents\":\"x\"}]],"
                            + "\"deployment_overrides\":[[\"C\",{\"tag\":\"ValueDeleted\"}]]}")
                    .getBytes(StandardCharsets.UTF_8);

    private static final String LIKELY = "[]{}\",:nulltrue0123-.eE \n";

    /** A piece of the body that is another; of no length to put something in. */
    record Damage(int from, int length, byte[] instead) {

        byte[] done(byte[] body) {
            int begin = Math.floorMod(from, body.length + 1);
            int end = Math.min(begin + length, body.length);
            ByteArrayOutputStream damaged = new ByteArrayOutputStream();
            damaged.write(body, 0, begin);
            damaged.writeBytes(instead);
            damaged.write(body, end, body.length - end);
            return damaged.toByteArray();
        }
    }

    @Property
    void deploymentsReadBack(@ForAll("deployments") Deployment meant) throws Exception {
        assertEquals(meant, RequestBodies.DEPLOYMENT.parse(V1Json.MAPPER.writeValueAsBytes(meant)));
        Update update = new Update(meant.appOverrides(), meant.deploymentOverrides());
        assertEquals(update, RequestBodies.UPDATE.parse(V1Json.MAPPER.writeValueAsBytes(update)));
    }

    @Property
    void configurationsReadBack(@ForAll("configurations") List<ConfigurationEntry> meant) throws Exception {
        assertEquals(meant, RequestBodies.CONFIGURATION.parse(V1Json.MAPPER.writeValueAsBytes(meant)));
    }

    @Property
    void answersReadBack(@ForAll("texts") String sentence) throws Exception {
        for (CommandResponse response :
                List.of(CommandResponse.appError(sentence), CommandResponse.validationError(sentence))) {
            assertEquals(
                    response,
                    V1Json.MAPPER.readValue(
                            V1Json.MAPPER.writeValueAsBytes(response), new TypeReference<CommandResponse>() {}));
        }
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        assertReadOrRefused(bytes);
    }

    @Property(tries = 5_000)
    void whatIsDamagedIsReadOrRefused(@ForAll("damages") List<Damage> damages) {
        byte[] body = VALID;
        for (Damage damage : damages) {
            body = damage.done(body);
        }
        assertReadOrRefused(body);
    }

    private static void assertReadOrRefused(byte[] bytes) {
        for (RequestBody<?> requestBody :
                List.of(RequestBodies.DEPLOYMENT, RequestBodies.UPDATE, RequestBodies.CONFIGURATION)) {
            try {
                if (requestBody.parse(bytes) instanceof Deployment read) {
                    read.overrides();
                }
            } catch (ApiException e) {
                RequestBodyTest.assertRefusal(e);
            } catch (RefusalException e) {
                assertEquals(RefusalException.Reason.INVALID_INPUT, e.getReason());
            }
        }
    }

    @Provide
    Arbitrary<List<Damage>> damages() {
        Arbitrary<byte[]> likely = Arbitraries.strings()
                .withChars(LIKELY)
                .ofMaxLength(3)
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(3);
        Arbitrary<byte[]> repeated = Arbitraries.integers()
                .between(0, VALID.length - 1)
                .map(from -> Arrays.copyOfRange(VALID, from, Math.min(VALID.length, from + 20)));
        return Combinators.combine(
                        Arbitraries.integers().between(0, VALID.length),
                        Arbitraries.oneOf(Arbitraries.of(0, 1, 1, 2, 20), Arbitraries.just(VALID.length)),
                        Arbitraries.oneOf(likely, likely, any, repeated))
                .as(Damage::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<Deployment> deployments() {
        return Combinators.combine(texts(), overrides(), overrides()).as(Deployment::new);
    }

    @Provide
    Arbitrary<List<ConfigurationEntry>> configurations() {
        return Combinators.combine(texts(), texts())
                .as(ConfigurationEntry::new)
                .list()
                .ofMaxSize(5);
    }

    private Arbitrary<List<OverrideEntry>> overrides() {
        Arbitrary<OverrideValue> values = Arbitraries.oneOf(
                texts().map(text -> new OverrideValue("ValueAdded", text)),
                Arbitraries.just(new OverrideValue("ValueDeleted", null)));
        return Combinators.combine(texts(), values)
                .as(OverrideEntry::new)
                .list()
                .ofMaxSize(5);
    }

    /** Of any characters that there are. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .list()
                .ofMaxSize(20)
                .map(points -> points.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }
}
