package io.jenkins.plugins.octopod.api;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashMap;
import java.util.Map;

/** Thrown if a request can’t be processed. The message is a sentence that says what was expected. */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    @CheckForNull
    private final String type;

    private final LinkedHashMap<String, String> headers = new LinkedHashMap<>();

    /**
     * Creates the exception.
     *
     * @param status HTTP status code
     * @param sentence message for the client
     */
    public ApiException(int status, String sentence) {
        this(status, null, sentence);
    }

    /**
     * Creates the exception.
     *
     * @param status HTTP status code
     * @param type name of the problem’s type for programs; null if the status says everything
     * @param sentence message for the client
     */
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

    /** Returns the headers of the response. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }
}
