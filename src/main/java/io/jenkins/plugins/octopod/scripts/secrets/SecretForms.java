package io.jenkins.plugins.octopod.scripts.secrets;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Forms in which programs print a text, in addition to those of shells and Base64: as a JSON string, and in a URL. */
final class SecretForms {

    private static final Pattern HEX = Pattern.compile("%[0-9A-F]{2}");

    private SecretForms() {}

    /** Returns the text and all its forms. */
    static Set<String> of(String text) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(text);
        forms.add(text.replace("\r\n", "\n").replace("\n", "\r\n"));
        forms.add(text.replace("\r\n", "\n").replace("\n", "\\n"));
        String json = json(text);
        forms.add(json);
        // Form that Go prints, and therefore helm and kubectl.
        forms.add(json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"));
        forms.add(json.replace("/", "\\/"));
        percentEncoded(text).forEach(forms::add);
        return forms;
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    /**
     * Returns the percent-encoded forms. The characters that stay unencoded depend on the program and on the part of
     * the URL.
     */
    private static Stream<String> percentEncoded(String text) {
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        String strict = form.replace("+", "%20").replace("%7E", "~").replace("*", "%2A");
        String path = strict.replace("%2F", "/");
        return Stream.of(
                        form,
                        strict,
                        path,
                        leaving(strict, "!'()*"),
                        leaving(strict, "$&+,;="),
                        leaving(strict, "!$&'()*+,;="),
                        leaving(path, "$&+,;=:@"),
                        leaving(path, "!$&'()*+,;=:@?#[]"))
                .flatMap(each -> Stream.of(each, inLowerCase(each)));
    }

    private static String leaving(String encoded, String characters) {
        String left = encoded;
        for (char character : characters.toCharArray()) {
            left = left.replace("%%%02X".formatted((int) character), String.valueOf(character));
        }
        return left;
    }

    private static String inLowerCase(String encoded) {
        return HEX.matcher(encoded)
                .replaceAll(hex -> Matcher.quoteReplacement(hex.group().toLowerCase(Locale.ROOT)));
    }
}
