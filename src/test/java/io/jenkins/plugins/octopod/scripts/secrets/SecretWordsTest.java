package io.jenkins.plugins.octopod.scripts.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What of a secret file is masked, and how it may be printed. */
class SecretWordsTest {

    @Test
    void valuesOfKeysAreMaskedByThemselves() {
        Set<String> words = SecretWords.of("""
                # settings
                DB_PASSWORD=hunter22!
                export API_TOKEN="two words"
                client_secret: 'single quoted'
                PORT=5432
                DEBUG=true
                HOST=localhost
                URL=postgres://shop:sw0rdfish@db.example.com/shop
                plain=ThisIsLongEnoughToBeSecret
                """);
        for (String word :
                List.of("hunter22!", "two words", "single quoted", "sw0rdfish", "ThisIsLongEnoughToBeSecret")) {
            assertTrue(words.contains(word), word + " in " + words);
        }
        for (String word : List.of("5432", "true", "localhost", "DB_PASSWORD", "settings", "shop")) {
            assertFalse(words.contains(word), word + " in " + words);
        }
    }

    @Test
    void stringsOfJsonAreMaskedAsTheyAre() {
        Set<String> words = SecretWords.of("{\"type\":\"service_account\",\"token\":\"short-one\",\"private_key\":"
                + "\"-----BEGIN KEY-----\\nAAAAB3NzaC1yc2EAAAADAQ\\nlast\\n-----END KEY-----\",\"x\":\"a \\\"quoted\\\" value\","
                + "\"list\":[\"an-element-of-a-list\"]}");
        for (String word :
                List.of("short-one", "AAAAB3NzaC1yc2EAAAADAQ", "a \"quoted\" value", "an-element-of-a-list")) {
            assertTrue(words.contains(word), word + " in " + words);
        }
        assertTrue(words.stream().anyMatch(word -> word.contains("\nAAAAB3NzaC1yc2EAAAADAQ\nlast\n")), words::toString);
        assertFalse(words.contains("service_account"), words::toString);
    }

    /** Else a log of kubectl’s would have holes, and defaults of that name would be refused. */
    @Test
    void keysAreNoSecrets() {
        Set<String> words = SecretWords.of("""
                users:
                - name: shop
                  user:
                    client-certificate-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t
                    client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ==
                    certificate-authority-data:
                """);
        assertTrue(words.contains("LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ=="), words::toString);
        assertFalse(words.stream().anyMatch(word -> word.equals("client-certificate-data:")), words::toString);
        assertFalse(words.contains("certificate-authority-data:"), words::toString);
        assertFalse(words.contains("client-certificate-data"), words::toString);
        assertFalse(SecretWords.of("{\"a-rather-long-name\" : \"x\",\n\"private_key_password\":\"y\"}").stream()
                .anyMatch(word -> word.equals("a-rather-long-name") || word.equals("private_key_password")));
    }

    @Test
    void whatIsBrokenEndsNowhere() {
        for (String text :
                List.of("\"", "a=\"", "'", "\\", "\"\\", "=", ":", "\"\\u00zz\"", "key='", "\n\n", "://:@")) {
            SecretWords.of(text + text + "\n" + text);
            SecretForms.of(text);
        }
        String quotes = "\"".repeat(16 * 1024 - 1);
        assertFalse(SecretWords.of(quotes).contains(""));
        assertTrue(SecretWords.of("\"" + "a\\b".repeat(5000) + "\"").stream().anyMatch(word -> word.length() > 9000));
    }

    @Test
    void formsOfAddressesAndOfJson() {
        Set<String> forms = SecretForms.of("p&s/w \"o\nrd=ä~");
        for (String form : List.of(
                "p&s/w \"o\nrd=ä~",
                "p&s/w \\\"o\\nrd=ä~",
                "p\\u0026s/w \\\"o\\nrd=ä~",
                "p&s/w \"o\\nrd=ä~",
                "p&s/w \"o\r\nrd=ä~",
                "p%26s%2Fw+%22o%0Ard%3D%C3%A4%7E",
                "p%26s%2Fw%20%22o%0Ard%3D%C3%A4~",
                "p%26s%2fw%20%22o%0ard%3d%c3%a4~",
                "p%26s/w%20%22o%0Ard%3D%C3%A4~",
                "p&s%2Fw%20%22o%0Ard=%C3%A4~")) {
            assertTrue(forms.contains(form), form + " in " + forms);
        }
        assertEquals(Set.of("plain"), SecretForms.of("plain"));
    }

    /** The pattern finds what a choice of all literals, the longer ones first, would find. */
    @Test
    void thePatternOfManyLiteralsIsThatOfEach() {
        Random random = new Random(4711);
        String alphabet = "ab\\E|.😀";
        for (int round = 0; round < 500; round++) {
            Set<String> literals = new LinkedHashSet<>();
            for (int i = 0; i <= random.nextInt(12); i++) {
                literals.add(text(random, alphabet, 1 + random.nextInt(5)));
            }
            List<String> byLength = new ArrayList<>(literals);
            byLength.sort(Comparator.comparingInt(String::length).reversed());
            Pattern each = Pattern.compile(byLength.stream().map(Pattern::quote).collect(Collectors.joining("|")));
            String text = text(random, alphabet, 60);
            assertEquals(found(each, text), found(LiteralsPattern.of(literals), text), literals + " in " + text);
            assertEquals(literals, Set.copyOf(LiteralsPattern.literals(each)));
        }
    }

    /** In whichever pieces a text comes, what is told is the same, and no beginning of a secret is told before its end has come. */
    @Test
    void aTextInPiecesIsMaskedAsTheWhole() {
        Random random = new Random(4712);
        for (int round = 0; round < 300; round++) {
            Set<String> literals = new LinkedHashSet<>();
            for (int i = 0; i <= random.nextInt(8); i++) {
                literals.add(text(random, "abc", 1 + random.nextInt(6)));
            }
            SecretMask mask = SecretMask.of(LiteralsPattern.of(literals));
            String text = text(random, "abcd", 40);
            StringBuilder told = new StringBuilder();
            String held = "";
            int from = 0;
            while (from < text.length()) {
                int to = Math.min(text.length(), from + 1 + random.nextInt(6));
                held += text.substring(from, to);
                from = to;
                int settled = mask.safePrefixLength(held);
                told.append(mask.apply(held.substring(0, settled)));
                held = held.substring(settled);
            }
            assertEquals(mask.apply(text), told + mask.apply(held), literals + " in " + text);
        }
    }

    private static String text(Random random, String alphabet, int length) {
        int[] characters = alphabet.codePoints().toArray();
        return random.ints(length, 0, characters.length)
                .mapToObj(i -> Character.toString(characters[i]))
                .collect(Collectors.joining());
    }

    private static List<String> found(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.start() + matcher.group());
        }
        return found;
    }
}
