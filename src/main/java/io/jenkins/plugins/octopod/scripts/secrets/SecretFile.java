package io.jenkins.plugins.octopod.scripts.secrets;

import java.io.Serializable;

/**
 * A file that scripts are given while they run.
 *
 * @param variable that has its path
 * @param name without a directory
 * @param content of the file
 * @param archive whether it is a zip, and scripts are given a directory with what is in it
 */
@SuppressWarnings("ArrayRecordComponent")
record SecretFile(String variable, String name, byte[] content, boolean archive) implements Serializable {

    /** Whoever uploads a credential chooses its name, which mustn’t lead elsewhere. */
    SecretFile {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        name = last.isEmpty() || last.equals(".") || last.equals("..") || last.indexOf('\0') >= 0 ? "file" : last;
    }
}
