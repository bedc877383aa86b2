package io.jenkins.plugins.octopod.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void cellsHaveSeveralLines() {
        Table table = new Table()
                .withTitles(List.of("Key", "Values"))
                .add(List.of(List.of("a"), List.of("one", "two \u001b[31m\n")));
        assertEquals("""
                ┌─────┬──────────────────┐
                │ Key │ Values           │
                ├─────┼──────────────────┤
                │ a   │ one              │
                │     │ two \\u001b[31m\\n │
                └─────┴──────────────────┘
                """, table.toString());
        assertEquals("", new Table().toString());
    }

    @Test
    void longTextGoesOnInTheNextLine() {
        String text = new Table().add(List.of(List.of("x".repeat(61)))).toString();
        assertEquals("│ " + "x".repeat(60) + " │", text.split("\n")[1]);
        assertEquals("│ x" + " ".repeat(59) + " │", text.split("\n")[2]);
    }

    @Test
    void whoHasNoSuchSignsGetsOthers() {
        assertEquals("+-+ \"it's\"", Terminal.plain("┌─┐ “it’s”", StandardCharsets.US_ASCII));
        assertEquals("┌─┐ “it’s”", Terminal.plain("┌─┐ “it’s”", StandardCharsets.UTF_8));
    }
}
