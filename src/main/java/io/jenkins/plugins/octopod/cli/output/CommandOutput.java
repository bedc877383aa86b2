package io.jenkins.plugins.octopod.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.commons.io.output.WriterOutputStream;

/** Output of a command on the client’s stdout and stderr. Text is in the client’s charset, and JSON is in UTF-8. */
@ModuleInternal
public final class CommandOutput {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.ALWAYS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    private static final String TYPOGRAPHIC = "“”‘’…–─│┌┬┐├┼┤└┴┘";
    private static final String TYPEWRITTEN = "\"\"''.--|+++++++++";

    private final PrintStream stdout;
    private final PrintStream stderr;
    private final Charset charset;

    public CommandOutput(PrintStream stdout, PrintStream stderr, Charset charset) {
        this.stdout = stdout;
        this.stderr = stderr;
        this.charset = charset;
    }

    /** Returns the text in a form for the client’s charset, see {@link #plain(String, Charset)}. */
    public String plain(String text) {
        return plain(text, charset);
    }

    /** Returns the text, with ASCII instead of typographic characters if the charset can’t encode all of the text. */
    public static String plain(String text, Charset charset) {
        if (charset.newEncoder().canEncode(text)) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        for (char c : text.toCharArray()) {
            int index = TYPOGRAPHIC.indexOf(c);
            plain.append(index < 0 ? c : TYPEWRITTEN.charAt(index));
        }
        return plain.toString();
    }

    /** Prints text to stdout without adding a line break. */
    public void print(String text) {
        stdout.print(plain(text));
    }

    /** Prints a line to stderr. */
    public void printError(String sentence) {
        stderr.println(plain(sentence));
    }

    /** Prints the error if the command failed, and returns the exit code. */
    public int end(CommandResult commandResult) {
        if (commandResult.sentence() != null) {
            stderr.println();
            printError("ERROR: " + commandResult.sentence());
        }
        return commandResult.exitCode();
    }

    /** Prints JSON in UTF-8 to stdout. */
    public void json(Object value) throws IOException {
        MAPPER.writeValue((OutputStream) stdout, value);
        stdout.println();
    }

    /**
     * Returns a stream that converts UTF-8 to the client’s charset.
     *
     * @param target stdout or stderr of the command
     */
    public OutputStream utf8(PrintStream target) throws IOException {
        return WriterOutputStream.builder()
                .setWriter(new OutputStreamWriter(target, charset))
                .setCharset(StandardCharsets.UTF_8)
                .setWriteImmediately(true)
                .get();
    }
}
