package io.jenkins.plugins.octopod.api.v1.dto;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/** Reads an array of exactly a key and a value. Jackson’s own reader of arrays would ignore further elements. */
abstract class PairDeserializer<V, P> extends StdDeserializer<P> {

    private static final long serialVersionUID = 1L;

    private final Class<V> valueType;

    PairDeserializer(Class<P> type, Class<V> valueType) {
        super(type);
        this.valueType = valueType;
    }

    /** Returns the pair. */
    abstract P pair(String key, V value);

    /** Returns a sentence that says what was expected, for an invalid array. */
    abstract String expected();

    @Override
    public P deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartArrayToken() || parser.nextToken() != JsonToken.VALUE_STRING) {
            throw refused(context);
        }
        String key = parser.getText();
        JsonToken next = parser.nextToken();
        if (next == JsonToken.END_ARRAY || next == JsonToken.VALUE_NULL) {
            throw refused(context);
        }
        V value = context.readValue(parser, valueType);
        if (parser.nextToken() != JsonToken.END_ARRAY) {
            throw refused(context);
        }
        return pair(key, value);
    }

    private IOException refused(DeserializationContext context) {
        return context.instantiationException(handledType(), new IllegalArgumentException(expected()));
    }
}
