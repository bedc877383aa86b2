package io.jenkins.plugins.octopod.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.api.Problem;
import io.jenkins.plugins.octopod.api.v1.forms.Deployment;
import io.jenkins.plugins.octopod.api.v1.forms.OverrideEntry;
import io.jenkins.plugins.octopod.api.v1.forms.OverrideValue;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is sent, it is read as it is meant, or refused with a sentence that says what is expected. */
class BodyTest {

    private static final String VALID = "{'name':'a1','app_overrides':[['A.B',{'tag':'ValueAdded','contents':'x'}]],"
            + "'deployment_overrides':[['C',{'tag':'ValueDeleted'}]]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'name':'a1'                                                       | it isn’t JSON
            name=a1                                                            | it isn’t JSON
            ``                                                                 | another type
            null                                                               | a value is null
            []                                                                 | another type
            'a1'                                                               | another type
            {'app_overrides':[],'deployment_overrides':[]}                     | "name" is missing
            {'name':null,'app_overrides':[],'deployment_overrides':[]}         | "name" is missing
            {'name':5,'app_overrides':[],'deployment_overrides':[]}            | another type
            {'name':true,'app_overrides':[],'deployment_overrides':[]}         | another type
            {'name':['a1'],'app_overrides':[],'deployment_overrides':[]}       | another type
            {'name':'a1','app_overrides':[]}                                   | "deployment_overrides" has to be a list
            {'name':'a1','app_overrides':{},'deployment_overrides':[]}         | another type
            {'name':'a1','app_overrides':[null],'deployment_overrides':[]}     | "app_overrides" has to be a list
            {'name':'a1','app_overrides':[[]],'deployment_overrides':[]}       | An override is a pair
            {'name':'a1','app_overrides':[['A']],'deployment_overrides':[]}    | An override is a pair
            {'name':'a1','app_overrides':[['A',null]],'deployment_overrides':[]} | An override is a pair
            {'name':'a1','app_overrides':[['A','x']],'deployment_overrides':[]} | another type
            {'name':'a1','app_overrides':[['A',{'tag':'ValueAdded'}]],'deployment_overrides':[]} | The value of an override
            {'name':'a1','app_overrides':[['A',{'tag':'Other','contents':'x'}]],'deployment_overrides':[]} | The value of an override
            {'name':'a1','app_overrides':[['A',{'tag':'ValueDeleted','contents':'x'}]],'deployment_overrides':[]} | The value of an override
            {'name':'a1','app_overrides':[['A',{'tag':'ValueDeleted'},1]],'deployment_overrides':[]} | An override is a pair
            {'name':'a1','app_overrides':[],'deployment_overrides':[],'wait':true} | no field “wait”
            {'name':'a1','name':'b2','app_overrides':[],'deployment_overrides':[]} | it isn’t JSON
            {'name':'a1','app_overrides':[],'deployment_overrides':[]} {}      | another type
            """)
    void mistakesAreTold(String sent, String told) {
        Problem problem =
                assertThrows(Problem.class, () -> Bodies.DEPLOYMENT.parse(sent == null ? new byte[0] : bytes(sent)));
        assertRefusal(problem);
        assertTrue(problem.getMessage().contains(told), problem.getMessage());
    }

    @Test
    void listOfSettings() {
        for (String wrong : new String[] {"{}", "[null]", "[['a']]", "[['a',null]]", "[['a',1]]", "[['a','b','c']]"}) {
            assertRefusal(assertThrows(Problem.class, () -> Bodies.CONFIGURATION.parse(bytes(wrong)), wrong));
        }
    }

    @Test
    void utf8Only() throws Exception {
        byte[] latin1 = VALID.replace('\'', '"').replace("x", "é").getBytes(StandardCharsets.ISO_8859_1);
        Problem problem = assertThrows(Problem.class, () -> Bodies.DEPLOYMENT.parse(latin1));
        assertTrue(problem.getMessage().contains("it isn’t UTF-8"), problem.getMessage());
        byte[] utf8 = VALID.replace('\'', '"').replace("x", "é").getBytes(StandardCharsets.UTF_8);
        assertEquals("A.B=é", Bodies.DEPLOYMENT.parse(utf8).application().toString());
    }

    /** Keys that can’t be one are for the rules to refuse. */
    @Test
    void keys() throws Exception {
        assertEquals(
                "A.B=x",
                Bodies.DEPLOYMENT
                        .parse(bytes(VALID.replace("A.B", "A.. B.")))
                        .application()
                        .toString());
        for (String wrong : new String[] {"", "..", "A=B", "A\\u0000B", "A\\nB"}) {
            Deployment read = Bodies.DEPLOYMENT.parse(bytes(VALID.replace("A.B", wrong)));
            assertThrows(RefusalException.class, read::application, wrong);
        }
    }

    @Test
    void anythingThatCanBeMeantIsRead() throws Exception {
        Random random = new Random(20261123);
        for (int i = 0; i < 2000; i++) {
            Deployment meant = new Deployment(text(random), overrides(random), overrides(random));
            assertEquals(meant, Bodies.DEPLOYMENT.parse(Forms.MAPPER.writeValueAsBytes(meant)));
        }
    }

    @Test
    void anythingElseIsRefused() {
        Random random = new Random(20261124);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = broken(bytes(VALID), random);
            try {
                Deployment read = Bodies.DEPLOYMENT.parse(broken);
                read.application();
                read.deployment();
            } catch (Problem e) {
                assertRefusal(e);
                refused++;
            } catch (RefusalException e) {
                refused++;
            }
        }
        assertTrue(refused > 10_000, "refused " + refused);
    }

    private static void assertRefusal(Problem problem) {
        assertEquals(400, problem.status());
        String sentence = problem.getMessage();
        assertTrue(sentence.startsWith("The request can’t be understood: "), sentence);
        assertTrue(sentence.contains("Expected is, for example, "), sentence);
        assertFalse(sentence.matches("(?s).*(jenkins|jackson|java\\.|Exception|null \\().*"), sentence);
        assertTrue(sentence.length() < 700, sentence);
    }

    private static byte[] broken(byte[] valid, Random random) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : valid) {
            bytes.add(b);
        }
        byte[] likely = bytes("[]{}',:nulltrue0123-.eE \n");
        for (int times = 1 + random.nextInt(4); times > 0 && !bytes.isEmpty(); times--) {
            int at = random.nextInt(bytes.size());
            byte other = random.nextInt(4) == 0 ? (byte) random.nextInt() : likely[random.nextInt(likely.length)];
            switch (random.nextInt(5)) {
                case 0 -> bytes.remove(at);
                case 1 -> bytes.add(at, other);
                case 2 -> bytes.set(at, other);
                case 3 -> bytes.subList(at, bytes.size()).clear();
                default -> bytes.addAll(at, List.copyOf(bytes.subList(at, Math.min(bytes.size(), at + 20))));
            }
        }
        byte[] result = new byte[bytes.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = bytes.get(i);
        }
        return result;
    }

    private static List<OverrideEntry> overrides(Random random) {
        List<OverrideEntry> list = new ArrayList<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            boolean added = random.nextBoolean();
            list.add(new OverrideEntry(
                    text(random),
                    new OverrideValue(added ? "ValueAdded" : "ValueDeleted", added ? text(random) : null)));
        }
        return list;
    }

    /** Of any characters there are. */
    private static String text(Random random) {
        return random.ints(0, Character.MAX_CODE_POINT + 1)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .limit(random.nextInt(20))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
