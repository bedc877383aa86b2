package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the results in JUnit's format for CI servers: each step is a test case, and its script is the class. */
final class JUnitXml {

    private static final int OUTPUT_LINES = 200;

    private JUnitXml() {}

    static void write(Report report, ScriptDirectory directory, Path file) throws IOException {
        Files.writeString(file, xml(report, directory), StandardCharsets.UTF_8);
    }

    static String xml(Report report, ScriptDirectory directory) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            suite(xml, report, directory);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        return text.append('\n').toString();
    }

    private static void suite(XMLStreamWriter xml, Report report, ScriptDirectory directory) throws XMLStreamException {
        List<StepReport> steps = report.steps();
        Duration total = steps.stream().map(StepReport::duration).reduce(Duration.ZERO, Duration::plus);
        xml.writeStartElement("testsuite");
        attribute(xml, "name", "control scripts in " + directory.path());
        attribute(xml, "tests", String.valueOf(steps.size()));
        attribute(xml, "failures", String.valueOf(count(steps, StepReport.Verdict.FAILED)));
        attribute(xml, "errors", "0");
        attribute(xml, "skipped", String.valueOf(count(steps, StepReport.Verdict.SKIPPED)));
        attribute(xml, "time", seconds(total));
        for (StepReport step : steps) {
            testCase(xml, step);
        }
        xml.writeEndElement();
    }

    private static void testCase(XMLStreamWriter xml, StepReport step) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", step.script().fileName());
        attribute(xml, "name", step.title());
        attribute(xml, "time", seconds(step.duration()));
        if (step.failed()) {
            xml.writeStartElement("failure");
            attribute(xml, "message", step.problems().get(0));
            xml.writeCharacters(legal(details(step)));
            xml.writeEndElement();
        } else if (step.verdict() == StepReport.Verdict.SKIPPED) {
            xml.writeStartElement("skipped");
            attribute(xml, "message", step.notes().get(0));
            xml.writeEndElement();
        }
        if (step.attempt() != null) {
            output(xml, "system-out", step.attempt().result().stdout());
            output(xml, "system-err", step.attempt().result().stderr());
        }
        xml.writeEndElement();
    }

    private static String details(StepReport step) {
        StringBuilder details = new StringBuilder(String.join("\n", step.problems()));
        if (step.attempt() != null) {
            ScriptResult result = step.attempt().result();
            details.append("\n\n$ ")
                    .append(BenchFormat.commandLine(step.attempt().command()));
            if (result.end() == ScriptResult.Termination.EXITED) {
                details.append("\nexit code ").append(result.exitCode());
            }
        }
        return details.toString();
    }

    private static void output(XMLStreamWriter xml, String element, String text) throws XMLStreamException {
        if (!text.isEmpty()) {
            xml.writeStartElement(element);
            xml.writeCharacters(legal(String.join("\n", BenchFormat.tail(text, OUTPUT_LINES))));
            xml.writeEndElement();
        }
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    private static long count(List<StepReport> steps, StepReport.Verdict verdict) {
        return steps.stream().filter(step -> step.verdict() == verdict).count();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }

    /** Replaces the characters that XML can't represent, even if escaped. */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().map(c -> isLegal(c) ? c : 0xFFFD).forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static boolean isLegal(int c) {
        return c == '\t' || c == '\n' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}
