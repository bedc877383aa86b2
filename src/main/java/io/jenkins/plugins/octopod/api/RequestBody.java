package io.jenkins.plugins.octopod.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.jenkins.plugins.octopod.engine.text.QuotedText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Type and format of a request’s JSON body.
 *
 * @param mapper mapper that reads the body
 * @param type type of the body
 * @param example example of a valid body, for error messages
 */
public record RequestBody<T>(ObjectMapper mapper, TypeReference<T> type, String example) {

    /** Limit in bytes, enough for a thousand overrides with values of some lines. */
    private static final int MAX_LENGTH = 1 << 20;

    /** Limit in bytes of the rest of a body that is too long. It is read so that the client reads the response. */
    private static final int SKIPPED = 16 << 20;

    /** Limit in characters for quoted input. */
    private static final int MAX_QUOTED_LENGTH = 200;

    private static final Pattern JSON =
            Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);

    /**
     * Reads the body of a request.
     *
     * @throws ApiException if the body is invalid; the message says what is expected
     */
    public T read(HttpServletRequest request) throws IOException, ApiException {
        String contentType = request.getContentType();
        if (contentType == null || !JSON.matcher(contentType.strip()).matches()) {
            throw new ApiException(
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, Messages.RequestBody_contentType(example));
        }
        try (InputStream in = request.getInputStream()) {
            byte[] bytes = in.readNBytes(MAX_LENGTH + 1);
            if (bytes.length > MAX_LENGTH) {
                skip(in);
                throw new ApiException(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, Messages.RequestBody_tooLong());
            }
            return parse(bytes);
        }
    }

    private static void skip(InputStream in) throws IOException {
        long left = SKIPPED;
        for (long skipped = in.skip(left); skipped > 0 && left > 0; skipped = in.skip(left)) {
            left -= skipped;
        }
    }

    /**
     * Parses a body.
     *
     * @throws ApiException if the body is invalid; the message says what is expected
     */
    public T parse(byte[] bytes) throws ApiException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            T read = mapper.readValue(text, type);
            if (read == null || read instanceof List<?> list && list.stream().anyMatch(Objects::isNull)) {
                throw unexpected(Messages.RequestBody_nothing());
            }
            return read;
        } catch (CharacterCodingException e) {
            throw unexpected(Messages.RequestBody_encoding());
        } catch (JsonProcessingException e) {
            throw unexpected(reason(e));
        }
    }

    private ApiException unexpected(String why) {
        return new ApiException(HttpServletResponse.SC_BAD_REQUEST, Messages.RequestBody_unexpected(why, example));
    }

    /**
     * Returns why the body is invalid. Jackson’s own messages contain class names, unless they are about JSON alone.
     */
    private static String reason(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return Messages.RequestBody_unknownField(quoted(unknown.getPropertyName()), place(e));
        }
        if (e instanceof ValueInstantiationException refused
                && refused.getCause() instanceof IllegalArgumentException cause) {
            return Messages.RequestBody_refused(cause.getMessage(), place(e));
        }
        return e instanceof JsonMappingException
                ? Messages.RequestBody_otherType(place(e))
                : Messages.RequestBody_malformed(quoted(e.getOriginalMessage()), place(e));
    }

    private static String quoted(String text) {
        return QuotedText.of(text, MAX_QUOTED_LENGTH);
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? Messages.RequestBody_end()
                : Messages.RequestBody_place(
                        Integer.toString(e.getLocation().getLineNr()),
                        Integer.toString(e.getLocation().getColumnNr()));
    }
}
