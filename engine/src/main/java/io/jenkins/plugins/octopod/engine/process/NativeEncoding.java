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

    /** Java 17 encodes arguments as it encodes files; from 18 on as the locale says, whatever files are encoded in. */
    private static final Charset CHARSET = Runtime.version().feature() < 18
            ? Charset.defaultCharset()
            : Charset.forName(System.getProperty(
                    "sun.jnu.encoding", Charset.defaultCharset().name()));

    private NativeEncoding() {}

    /**
     * Says in a sentence that a script would get other arguments or variables than it was given, which is worse than not
     * being started; empty where it gets all of them as they are. What is in this JVM’s own environment is passed on
     * as it came, and not looked at.
     *
     * @param environment a null value removes the variable
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

    /** Whether a process gets the text as it is. */
    public static boolean canPass(String text) {
        // Windows takes UTF-16.
        return WINDOWS || CHARSET.newEncoder().canEncode(text);
    }
}
