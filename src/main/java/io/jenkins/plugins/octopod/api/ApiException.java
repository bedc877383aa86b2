package io.jenkins.plugins.octopod.api;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request that can’t be answered as it is. The message is a sentence that says what was expected. */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    @CheckForNull
    private final String type;

    private final LinkedHashMap<String, String> headers = new LinkedHashMap<>();

    /** @param status of HTTP */
    public ApiException(int status, String sentence) {
        this(status, null, sentence);
    }

    /** @param type what it is called by programs; null if its status says all */
    public ApiException(int status, @CheckForNull String type, String sentence) {
        super(sentence);
        this.status = status;
        this.type = type;
    }

    public ApiException with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public int status() {
        return status;
    }

    @CheckForNull
    public String type() {
        return type;
    }

    /** To be sent with the answer. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }
}
