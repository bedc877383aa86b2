package io.jenkins.plugins.octopod.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.process.WindowsBatchArguments;
import io.jenkins.plugins.octopod.scripts.ask.RunScript;
import io.jenkins.plugins.octopod.scripts.durable.StartScript;
import io.jenkins.plugins.octopod.scripts.secrets.RemoteSecrets;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsBatchArgumentsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"\"", "%", "&", "|", "<", ">", "^", "!"})
    void saysWhichArgumentAndWhichCharacter(String character) {
        String argument = "COLOR=a" + character + "b";
        for (String program : List.of("C:\\scripts\\create.bat", "C:\\scripts\\create.CMD", "/scripts/create.Bat")) {
            String sentence = refusal(program, "--name", "demo", "--application-config", argument)
                    .orElseThrow();
            assertEquals(
                    "“" + program + "” can’t get the value of “COLOR”: cmd.exe would interpret the “" + character
                            + "” in it. Use an .exe instead of a .bat or .cmd, or avoid this character.",
                    sentence);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void aLineBreakIsNamedAndNotPrinted(String lineBreak) {
        String sentence = refusal("create.bat", "A=b" + lineBreak + "c").orElseThrow();
        assertTrue(sentence.contains("the value of “A”"), sentence);
        assertTrue(sentence.contains("the line break in it"), sentence);
        assertEquals(1, sentence.lines().count());
    }

    /** It leaves the agent before it is masked, and of a secret that is cut the mask knows nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"key\": \"%s\"}", "first line of a secret\n%s", "%s&"})
    void aSecretIsNotTold(String form) {
        String value = form.formatted("s3cret-".repeat(100));
        for (String argument : List.of("db.password=" + value, "=" + value, value)) {
            String sentence = refusal("create.bat", argument).orElseThrow();
            assertFalse(sentence.contains("s3cret"), sentence);
            assertFalse(sentence.contains("first line"), sentence);
        }
        assertTrue(refusal("create.bat", "k".repeat(1000) + "=&").orElseThrow().length() < 300);
    }

    @Test
    void otherArgumentsAndOtherProgramsAreLeftAlone() {
        assertEquals(Optional.empty(), refusal("create.bat"));
        assertEquals(
                Optional.empty(), refusal("C:\\R&D\\create.bat", "--name", "demo", "A=some words, (more); ü='$x'"));
        for (String program : List.of("create", "create.exe", "create.bat.exe", "/scripts.bat/create")) {
            assertEquals(Optional.empty(), refusal(program, "A=\"%&|<>^!\r\n"));
        }
    }

    @Test
    void noBatchFileIsStartedWithThem() throws Exception {
        Path ran = directory.resolve("ran");
        File batch = Files.writeString(directory.resolve("create.bat"), "#!/bin/sh\ntouch '" + ran + "'\n")
                .toFile();
        assertTrue(batch.setExecutable(true));
        List<String> command = List.of(batch.getPath(), "A=b&calc");
        ScriptResult asked = new RunScript(command, Map.of(), RemoteSecrets.NONE, Duration.ofSeconds(10))
                .invoke(directory.toFile(), null);
        assertEquals(ScriptResult.Termination.NOT_STARTED, asked.end());
        assertEquals(WindowsBatchArguments.refusal(command).orElseThrow(), asked.stderr());
        File control = directory.resolve("control").toFile();
        StartScript start = new StartScript(command, Map.of(), RemoteSecrets.NONE, ProcessCookie.unique());
        assertEquals(
                asked.stderr(),
                assertThrows(IOException.class, () -> start.invoke(control, null))
                        .getMessage());
        assertFalse(Files.exists(ran));
        assertFalse(control.exists());
    }

    private static Optional<String> refusal(String... command) {
        return WindowsBatchArguments.refusal(List.of(command));
    }
}
