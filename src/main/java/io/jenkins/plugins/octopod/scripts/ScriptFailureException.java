package io.jenkins.plugins.octopod.scripts;

/** Control scripts can't be used on an agent; the message is one sentence that says what to mend. */
public class ScriptFailureException extends Exception {

    private static final long serialVersionUID = 1L;

    public ScriptFailureException(String sentence) {
        super(sentence);
    }
}
