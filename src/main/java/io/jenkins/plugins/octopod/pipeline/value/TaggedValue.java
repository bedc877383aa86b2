package io.jenkins.plugins.octopod.pipeline.value;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A value of a Pipeline as text with the YAML tag of its Groovy type, such as {@code !!int 5}, for control scripts that
 * read tags, as the Helm scripts do. A text has a tag only if these scripts could read it as a different type.
 */
final class TaggedValue {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

    /** The numbers of JSON. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private static final Pattern WORD_OF_OTHER_TYPE = Pattern.compile("true|false|null|\\[]|\\{}|!!.*", Pattern.DOTALL);

    private TaggedValue() {}

    /** Returns the text, or null if no tag says the type: infinite numbers, and lists and maps that aren’t empty. */
    @CheckForNull
    static String of(Object value) {
        String text = value.toString();
        if (OverridesMap.isText(value)) {
            boolean ambiguous = NUMBER.matcher(text).matches()
                    || WORD_OF_OTHER_TYPE.matcher(text).matches();
            return ambiguous ? "!!str " + text : text;
        }
        if (value instanceof Boolean) {
            return "!!bool " + text;
        }
        if (value instanceof Number && NUMBER.matcher(text).matches()) {
            return (WHOLE_NUMBER.matcher(text).matches() ? "!!int " : "!!float ") + text;
        }
        if (value instanceof Collection<?> list && list.isEmpty()) {
            return "!!seq []";
        }
        return value instanceof Map<?, ?> map && map.isEmpty() ? "!!map {}" : null;
    }
}
