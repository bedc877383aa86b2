package io.jenkins.plugins.octopod.engine.process;

import java.io.File;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Text that this JVM can pass to a process. Unless the JVM was started in a UTF-8 locale, Java silently replaces
 * characters that it can’t encode with “?”.
 */
public final class NativeEncoding {

    private static final boolean WINDOWS = File.separatorChar == '\\';

    /**
     * Java 17 encodes arguments like file contents. From Java 18 on, the locale determines the encoding of arguments.
     */
    private static final Charset CHARSET = Runtime.version().feature() < 18
            ? Charset.defaultCharset()
            : Charset.forName(System.getProperty(
                    "sun.jnu.encoding", Charset.defaultCharset().name()));

    private NativeEncoding() {}

    /**
     * Returns the reason not to run a script, in a sentence, if it would get changed arguments or variables; empty if
     * it gets them unchanged. Running a script with changed arguments is worse than not running it. Variables of this
     * JVM’s own environment are passed on unchanged, so they aren’t checked.
     *
     * @param environment variables; a null value removes the variable
     */
    public static Optional<String> refusal(List<String> command, Map<String, String> environment) {
        Stream<String> arguments =
                command.stream().filter(text -> !canPass(text)).map(ArgumentName::of);
        Stream<String> variables = environment.entrySet().stream()
                .filter(variable -> variable.getValue() != null)
                .filter(variable -> !Objects.equals(System.getenv(variable.getKey()), variable.getValue()))
                .filter(variable -> !canPass(variable.getValue()))
                .map(variable -> "the variable “" + variable.getKey() + "”");
        return Stream.concat(arguments, variables)
                .findFirst()
                .map(what -> "“" + command.get(0) + "” can’t be given " + what
                        + ": this Java was started in a locale that isn’t UTF-8. Start it with LC_ALL=C.UTF-8.");
    }

    /** Returns whether a process gets the text unchanged. */
    public static boolean canPass(String text) {
        // Windows uses UTF-16.
        return WINDOWS || CHARSET.newEncoder().canEncode(text);
    }
}
