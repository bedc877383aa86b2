package io.jenkins.plugins.octopod.engine.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Describes in one sentence why a script couldn't be started, because the system's messages are unclear to its author.
 */
final class StartFailure {

    private static final int SHEBANG_LIMIT = 256;

    /** {@code error=13, Permission denied} up to Java 21, {@code error: 13 (Permission denied)} in 25. */
    private static final Pattern SYSTEM_ERROR = Pattern.compile("error[=:] ?(\\d{1,5}),? \\(?([^)]*)");

    private static final int NOT_FOUND = 2;
    private static final int TOO_LONG = 7;
    private static final int BUSY = 26;

    private StartFailure() {}

    static String sentence(ScriptCommand command, Exception failure) {
        String program = command.command().get(0);
        String message = String.valueOf(failure.getMessage());
        if (command.directory() != null && !Files.isDirectory(command.directory())) {
            return "“" + program + "” can’t be run in “" + command.directory() + "”: there is no such directory.";
        }
        if (number(message) == TOO_LONG) {
            return "“" + program + "” can’t be run: its arguments and environment are longer than this system allows.";
        }
        if (isBeingWritten(failure)) {
            return "“" + program + "” can’t be run: it is still being written to.";
        }
        if (message.contains("null character") || failure instanceof IllegalArgumentException) {
            return "“" + program
                    + "” can’t be run: an argument or a variable has a character in it that can’t be passed.";
        }
        String why = program.contains("/") || program.contains("\\") ? ofFile(command, program) : ofName(message);
        return why != null ? "“" + program + "” " + why : "“" + program + "” can’t be run: " + reason(message) + ".";
    }

    /** Returns whether a process has the program open for writing. */
    static boolean isBeingWritten(Exception failure) {
        return number(String.valueOf(failure.getMessage())) == BUSY;
    }

    private static String ofName(String message) {
        return number(message) == NOT_FOUND ? "can’t be run: there is no such program on the PATH." : null;
    }

    private static String ofFile(ScriptCommand command, String program) {
        Path file;
        try {
            file = command.directory() == null
                    ? Path.of(program)
                    : command.directory().resolve(program);
        } catch (InvalidPathException e) {
            return "isn’t the name of a file.";
        }
        if (Files.isDirectory(file)) {
            return "is a directory, not a script.";
        }
        if (!Files.exists(file)) {
            return Files.isSymbolicLink(file) ? "is a link to a file that isn’t there." : "isn’t there.";
        }
        if (!Files.isExecutable(file)) {
            return "isn’t executable: run “chmod +x” on it.";
        }
        String interpreter = interpreter(file);
        if (interpreter.endsWith("\r")) {
            return "has Windows line ends, so its first line names no interpreter: save it with Unix line ends.";
        }
        String path = interpreter.split("\\s+", 2)[0];
        if (!path.isEmpty() && !Files.isExecutable(Path.of(path))) {
            return "can’t be run: its first line asks for “" + path + "”, which isn’t there or isn’t executable.";
        }
        return null;
    }

    /** Returns the text after #! in the first line, including a carriage return; empty if there is none. */
    private static String interpreter(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(SHEBANG_LIMIT), StandardCharsets.ISO_8859_1);
            String line = head.split("\n", 2)[0];
            boolean plain = line.startsWith("#!") && line.indexOf('\0') < 0;
            return plain ? line.substring(2).stripLeading() : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns the system's error number; -1 if the message contains none. */
    private static int number(String message) {
        Matcher matcher = SYSTEM_ERROR.matcher(message);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** Returns the system's error message. */
    private static String reason(String message) {
        Matcher matcher = SYSTEM_ERROR.matcher(message);
        return matcher.find() ? matcher.group(2) : message;
    }
}
