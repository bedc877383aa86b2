package io.jenkins.plugins.octopod.helm;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Secrets as helm sends them, in Kubernetes’ protobuf, turned into JSON, which is all that fabric8’s mock understands. It
 * reads what helm writes into a secret: name, namespace, labels, type and data.
 */
final class SecretProtobuf {

    private static final int MAGIC = 4; // bytes before the envelope, "k8s" and a zero

    private SecretProtobuf() {}

    static String toJson(byte[] request) {
        Map<Integer, List<byte[]>> envelope = fields(request, MAGIC);
        Map<Integer, List<byte[]>> secret = fields(only(envelope, 2), 0);
        Map<Integer, List<byte[]>> metadata = fields(only(secret, 1), 0);
        return "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"%s\",\"labels\":%s},"
                        .formatted(text(only(metadata, 1)), text(only(metadata, 3)), map(metadata.get(11), false))
                + "\"type\":\"%s\",\"data\":%s}".formatted(text(only(secret, 3)), map(secret.get(2), true));
    }

    private static String map(List<byte[]> entries, boolean encoded) {
        return (entries == null ? List.<byte[]>of() : entries)
                .stream()
                        .map(entry -> fields(entry, 0))
                        .map(entry -> "\"%s\":\"%s\""
                                .formatted(
                                        text(only(entry, 1)),
                                        encoded
                                                ? Base64.getEncoder().encodeToString(only(entry, 2))
                                                : text(only(entry, 2))))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static byte[] only(Map<Integer, List<byte[]>> fields, int number) {
        return fields.containsKey(number) ? fields.get(number).get(0) : new byte[0];
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The fields of a message that have a length, by their numbers; numbers are passed over. */
    private static Map<Integer, List<byte[]>> fields(byte[] message, int from) {
        Map<Integer, List<byte[]>> fields = new LinkedHashMap<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(message, from, message.length - from))) {
            while (in.available() > 0) {
                int tag = (int) number(in);
                switch (tag & 7) {
                    case 0 -> number(in);
                    case 2 -> {
                        byte[] value = new byte[(int) number(in)];
                        in.readFully(value);
                        fields.computeIfAbsent(tag >> 3, any -> new ArrayList<>())
                                .add(value);
                    }
                    default -> throw new IOException("Protobuf wire type " + (tag & 7));
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
        return fields;
    }

    private static long number(DataInputStream in) throws IOException {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.readUnsignedByte();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }
}
