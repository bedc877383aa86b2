package io.jenkins.plugins.octopod.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.octopod.cli.output.CommandOutput;
import io.jenkins.plugins.octopod.cli.output.TextTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void cellsHaveSeveralLines() {
        TextTable textTable = new TextTable()
                .withTitles(List.of("Key", "Values"))
                .add(List.of(List.of("a"), List.of("one", "two \u001b[31m\n")));
        assertEquals("""
                ┌─────┬──────────────────┐
                │ Key │ Values           │
                ├─────┼──────────────────┤
                │ a   │ one              │
                │     │ two \\u001b[31m\\n │
                └─────┴──────────────────┘
                """, textTable.toString());
        assertEquals("", new TextTable().toString());
    }

    @Test
    void longTextGoesOnInTheNextLine() {
        String text = new TextTable().add(List.of(List.of("x".repeat(61)))).toString();
        assertEquals("│ " + "x".repeat(60) + " │", text.split("\n")[1]);
        assertEquals("│ x" + " ".repeat(59) + " │", text.split("\n")[2]);
    }

    @Test
    void whoHasNoSuchSignsGetsOthers() {
        assertEquals("+-+ \"it's\"", CommandOutput.plain("┌─┐ “it’s”", StandardCharsets.US_ASCII));
        assertEquals("┌─┐ “it’s”", CommandOutput.plain("┌─┐ “it’s”", StandardCharsets.UTF_8));
    }
}
