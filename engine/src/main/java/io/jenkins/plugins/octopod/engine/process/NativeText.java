package io.jenkins.plugins.octopod.engine.process;

import java.io.File;
import java.nio.charset.Charset;

/**
 * What this JVM can pass to a process. Unless it was started in a UTF-8 locale, Java passes a “?” for each character
 * beyond ASCII and tells nobody.
 */
public final class NativeText {

    private static final boolean WINDOWS = File.separatorChar == '\\';

    /** Java 17 encodes arguments as it encodes files; from 18 on as the locale says, whatever files are encoded in. */
    private static final Charset CHARSET = Runtime.version().feature() < 18
            ? Charset.defaultCharset()
            : Charset.forName(System.getProperty(
                    "sun.jnu.encoding", Charset.defaultCharset().name()));

    private NativeText() {}

    /** Whether a process gets the text as it is. */
    public static boolean canPass(String text) {
        // Windows takes UTF-16.
        return WINDOWS || CHARSET.newEncoder().canEncode(text);
    }
}
