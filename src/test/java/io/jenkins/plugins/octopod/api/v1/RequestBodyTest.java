package io.jenkins.plugins.octopod.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.v1.dto.ConfigurationEntry;
import io.jenkins.plugins.octopod.api.v1.dto.Deployment;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, it is read as it is meant, or refused with a sentence that says what is expected. */
class RequestBodyTest {

    private static final String VALID = "{'name':'a1','app_overrides':[['A.B',{'tag':'ValueAdded','contents':'x'}]],"
            + "'deployment_overrides':[['C',{'tag':'ValueDeleted'}]]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'name':'a1'                                                       | it isn’t JSON
            name=a1                                                            | it isn’t JSON
            ``                                                                 | wrong type
            null                                                               | a value is null
            []                                                                 | wrong type
            'a1'                                                               | wrong type
            {'app_overrides':[],'deployment_overrides':[]}                     | "name" is missing
            {'name':null,'app_overrides':[],'deployment_overrides':[]}         | "name" is missing
            {'name':5,'app_overrides':[],'deployment_overrides':[]}            | wrong type
            {'name':true,'app_overrides':[],'deployment_overrides':[]}         | wrong type
            {'name':['a1'],'app_overrides':[],'deployment_overrides':[]}       | wrong type
            {'name':'a1','app_overrides':[]}                                   | "deployment_overrides" has to be a list
            {'name':'a1','app_overrides':{},'deployment_overrides':[]}         | wrong type
            {'name':'a1','app_overrides':[null],'deployment_overrides':[]}     | "app_overrides" has to be a list
            {'name':'a1','app_overrides':[[]],'deployment_overrides':[]}       | An override is a pair
            {'name':'a1','app_overrides':[['A']],'deployment_overrides':[]}    | An override is a pair
            {'name':'a1','app_overrides':[['A',null]],'deployment_overrides':[]} | An override is a pair
            {'name':'a1','app_overrides':[['A','x']],'deployment_overrides':[]} | wrong type
            {'name':'a1','app_overrides':[['A',{'tag':'ValueAdded'}]],'deployment_overrides':[]} | The value of an override
            {'name':'a1','app_overrides':[['A',{'tag':'Other','contents':'x'}]],'deployment_overrides':[]} | The value of an override
            {'name':'a1','app_overrides':[['A',{'tag':'ValueDeleted','contents':'x'}]],'deployment_overrides':[]} | The value of an override
            {'name':'a1','app_overrides':[['A',{'tag':'ValueDeleted'},1]],'deployment_overrides':[]} | An override is a pair
            {'name':'a1','app_overrides':[],'deployment_overrides':[],'wait':true} | no field “wait”
            {'name':'a1','name':'b2','app_overrides':[],'deployment_overrides':[]} | it isn’t JSON
            {'name':'a1','app_overrides':[],'deployment_overrides':[]} {}      | wrong type
            """)
    void mistakesAreTold(String sent, String told) {
        ApiException apiException = assertThrows(
                ApiException.class, () -> RequestBodies.DEPLOYMENT.parse(sent == null ? new byte[0] : bytes(sent)));
        assertRefusal(apiException);
        assertTrue(apiException.getMessage().contains(told), apiException.getMessage());
    }

    @Test
    void listOfSettings() {
        for (String wrong : new String[] {"{}", "[null]", "[['a']]", "[['a',null]]", "[['a',1]]", "[['a','b','c']]"}) {
            assertRefusal(
                    assertThrows(ApiException.class, () -> RequestBodies.CONFIGURATION.parse(bytes(wrong)), wrong));
        }
    }

    @Test
    void utf8Only() throws Exception {
        byte[] latin1 = VALID.replace('\'', '"').replace("x", "é").getBytes(StandardCharsets.ISO_8859_1);
        ApiException apiException = assertThrows(ApiException.class, () -> RequestBodies.DEPLOYMENT.parse(latin1));
        assertTrue(apiException.getMessage().contains("it isn’t UTF-8"), apiException.getMessage());
        byte[] utf8 = VALID.replace('\'', '"').replace("x", "é").getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "A.B=é",
                RequestBodies.DEPLOYMENT.parse(utf8).overrides().application().toString());
    }

    /** Keys that can’t be one are for the rules to refuse. */
    @Test
    void keys() throws Exception {
        assertEquals(
                "A.B=x",
                RequestBodies.DEPLOYMENT
                        .parse(bytes(VALID.replace("A.B", "A.. B.")))
                        .overrides()
                        .application()
                        .toString());
        for (String wrong : new String[] {"", "..", "A=B", "A\\u0000B", "A\\nB"}) {
            Deployment read = RequestBodies.DEPLOYMENT.parse(bytes(VALID.replace("A.B", wrong)));
            assertThrows(RefusalException.class, read::overrides, wrong);
        }
    }

    /** A configuration is given to scripts, so its keys and values are those of overrides. */
    @ParameterizedTest
    @ValueSource(strings = {"['a=b','x']", "['','x']", "['a','\\u0000']", "['a','\\ud800']", "['a\\nb','x']"})
    void settingsThatNoScriptCanBeGiven(String wrong) throws Exception {
        List<ConfigurationEntry> read = RequestBodies.CONFIGURATION.parse(bytes('[' + wrong + ']'));
        assertThrows(RefusalException.class, () -> ConfigurationEntry.configuration(read), wrong);
    }

    static void assertRefusal(ApiException apiException) {
        assertEquals(400, apiException.status());
        String sentence = apiException.getMessage();
        assertTrue(sentence.startsWith("The request can’t be understood: "), sentence);
        assertTrue(sentence.contains("A valid example is "), sentence);
        assertFalse(sentence.matches("(?s).*(jenkins|jackson|java\\.|Exception|null \\().*"), sentence);
        assertTrue(sentence.length() < 700, sentence);
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
