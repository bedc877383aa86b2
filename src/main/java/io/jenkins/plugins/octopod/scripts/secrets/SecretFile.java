package io.jenkins.plugins.octopod.scripts.secrets;

import java.io.Serializable;

/**
 * Secret file of scripts while they run.
 *
 * @param variable name of the variable for the path
 * @param name file name without a directory
 * @param content content of the file
 * @param archive whether the content is a zip that is unpacked to a directory
 */
@SuppressWarnings("ArrayRecordComponent")
record SecretFile(String variable, String name, byte[] content, boolean archive) implements Serializable {

    /** Removes directories from the name, because the user who uploads a credential chooses it. */
    SecretFile {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        name = last.isEmpty() || last.equals(".") || last.equals("..") || last.indexOf('\0') >= 0 ? "file" : last;
    }
}
