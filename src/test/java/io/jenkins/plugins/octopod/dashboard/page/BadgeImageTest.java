package io.jenkins.plugins.octopod.dashboard.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class BadgeImageTest {

    private static Document parse(BadgeImage badge) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(badge.toSvg())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"/><image href=\"javascript:alert(1)\"/>",
                "]]>&lt;&#0;",
                "a'b\"c&d",
                "%s%n$1"
            })
    void aLabelIsTextAndNothingElse(String label) throws Exception {
        Document svg = parse(new BadgeImage(label, "Running", "#1a7f37"));
        assertEquals(label + ": Running", svg.getDocumentElement().getAttribute("aria-label"));
        assertEquals(label, svg.getElementsByTagName("text").item(0).getTextContent());
        assertEquals(0, svg.getElementsByTagName("script").getLength());
        assertEquals(0, svg.getElementsByTagName("image").getLength());
        assertEquals(2, svg.getElementsByTagName("text").getLength());
    }

    @Test
    void itSaysWhatItShows() throws Exception {
        Element svg =
                parse(new BadgeImage("orange-button", "Running", "#1a7f37")).getDocumentElement();
        assertEquals("img", svg.getAttribute("role"));
        assertEquals(
                "orange-button: Running",
                svg.getElementsByTagName("title").item(0).getTextContent());
        assertTrue(Integer.parseInt(svg.getAttribute("width")) > 100);
    }
}
