package io.jenkins.plugins.octopod.engine.text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Formats commands for people, so that they can be pasted into a shell. Octopod itself never runs scripts through a shell. */
public final class ShellQuoting {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellQuoting() {}

    /** Returns the words with blanks between them; a word that the shell would read in its own way is in quotes. */
    public static String of(List<String> words) {
        return words.stream().map(ShellQuoting::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
