package io.jenkins.plugins.octopod.scripts.secrets;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parts of a secret file that scripts print separately: words, lines, values of keys, and quoted texts. Short parts are
 * left out, because they can't be distinguished from ordinary words. The limit is lower if the key suggests that its
 * value is secret.
 */
final class SecretWords {

    /** Minimum length in characters. */
    private static final int MIN_LENGTH = 16;

    /** Minimum length in characters if the key suggests a secret. */
    private static final int MIN_SECRET_LENGTH = 8;

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private static final Pattern KEY_AND_VALUE =
            Pattern.compile("(?:export |- )?\\s*([\\w.-]+)[ \\t]*[:=][ \\t]*(\\S.*)");

    private static final Pattern KEY_BEFORE = Pattern.compile("([\\w.-]+)[\"']?[ \\t]*[:=][ \\t]*$");

    private static final Pattern KEY = Pattern.compile("[\\[{(,\"']*[A-Za-z_.-]+[\"']?:");

    /** Matches after the closing quote of a key. */
    private static final Pattern IS_KEY = Pattern.compile("[ \\t]*:");

    private static final Pattern SECRET_KEY =
            Pattern.compile("pass|pwd|secret|token|key|credential|auth|private", Pattern.CASE_INSENSITIVE);

    private static final Pattern PASSWORD_IN_ADDRESS = Pattern.compile("://[^\\s/:@]*:([^\\s/@]+)@");

    private static final Pattern JSON_ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)", Pattern.DOTALL);

    private static final String MARKS = "\"'`,;:()[]{}<>";

    /** Maximum distance in characters between a quote and its key. */
    private static final int MAX_KEY_LENGTH = 100;

    private final Set<String> words = new LinkedHashSet<>();

    /** Keys in quotes. */
    private final Set<String> keys = new HashSet<>();

    private final String text;

    private SecretWords(String text) {
        this.text = text;
    }

    /** Returns the words of a text, without the text itself. */
    static Set<String> of(String text) {
        SecretWords all = new SecretWords(text);
        if (text.indexOf('\n') >= 0) {
            SPACE.splitAsStream(text).forEach(all::addWord);
            text.lines().map(String::strip).forEach(all::addWord);
        }
        text.lines().forEach(all::addValue);
        all.addQuoted('"');
        all.addQuoted('\'');
        Matcher passwords = PASSWORD_IN_ADDRESS.matcher(text);
        while (passwords.find()) {
            all.add(passwords.group(1), MIN_SECRET_LENGTH);
        }
        all.words.removeAll(all.keys);
        all.words.remove(text);
        return all.words;
    }

    private void add(String word, int minLength) {
        String stripped = word.strip();
        if (stripped.length() >= minLength) {
            words.add(stripped);
        }
    }

    private void addWord(String word) {
        if (!KEY.matcher(word).matches()) {
            add(word, MIN_LENGTH);
            add(withoutMarks(word), MIN_LENGTH);
        }
    }

    private static String withoutMarks(String word) {
        int begin = 0;
        int end = word.length();
        while (begin < end && MARKS.indexOf(word.charAt(begin)) >= 0) {
            begin++;
        }
        while (end > begin && MARKS.indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(begin, end);
    }

    private void addValue(String line) {
        Matcher matcher = KEY_AND_VALUE.matcher(line.strip());
        if (matcher.matches()) {
            int minLength = minLength(matcher.group(1));
            String value = matcher.group(2);
            add(value, minLength);
            add(withoutMarks(value), minLength);
            String first = SPACE.split(value, 2)[0];
            add(first, minLength);
            add(withoutMarks(first), minLength);
        }
    }

    private static int minLength(String key) {
        return SECRET_KEY.matcher(key).find() ? MIN_SECRET_LENGTH : MIN_LENGTH;
    }

    /** Adds the texts between two quotes. In double quotes, a backslash escapes, and a line break is allowed. */
    private void addQuoted(char quote) {
        int open = text.indexOf(quote);
        while (open >= 0) {
            int close = closing(quote, open + 1);
            if (close < 0 && quote == '"') {
                // This quote has no end, so each later quote is escaped.
                return;
            }
            if (close < 0) {
                open = text.indexOf(quote, open + 1);
                continue;
            }
            if (IS_KEY.matcher(text).region(close + 1, text.length()).lookingAt()) {
                keys.add(text.substring(open + 1, close));
            } else {
                addQuoted(quote, open, close);
            }
            open = text.indexOf(quote, close + 1);
        }
    }

    private void addQuoted(char quote, int open, int close) {
        String before = text.substring(Math.max(0, open - MAX_KEY_LENGTH), open);
        Matcher key = KEY_BEFORE.matcher(before);
        int minLength = key.find() ? minLength(key.group(1)) : MIN_LENGTH;
        String quoted = text.substring(open + 1, close);
        add(quoted, minLength);
        if (quote == '"') {
            String unescaped = unescape(quoted);
            add(unescaped, minLength);
            if (unescaped.indexOf('\n') >= 0) {
                SPACE.splitAsStream(unescaped).forEach(this::addWord);
            }
        }
    }

    private int closing(char quote, int from) {
        for (int i = from; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == quote) {
                return i;
            }
            if (quote == '\'' && character == '\n') {
                return -1;
            }
            if (quote == '"' && character == '\\') {
                i++;
            }
        }
        return -1;
    }

    private static String unescape(String quoted) {
        return JSON_ESCAPE.matcher(quoted).replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape.group(1))));
    }

    private static String unescaped(String escaped) {
        return switch (escaped.charAt(0)) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'u' ->
                escaped.length() == 1 ? escaped : String.valueOf((char) Integer.parseInt(escaped.substring(1), 16));
            default -> escaped;
        };
    }
}
