package io.jenkins.plugins.octopod.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.request.NoteService;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Argument;

/** Command that writes or removes the note of a staging. */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodNoteCommand extends AbstractStagingCommand {

    @CheckForNull
    private String text;

    public OctopodNoteCommand() {
        super(Messages._OctopodNoteCommand_shortDescription(), Messages._OctopodNoteCommand_details());
    }

    @Argument(metaVar = "TEXT", required = true, usage = "At most two lines of text. An empty text removes the note.")
    public void setText(String text) {
        this.text = text;
    }

    @Override
    int execute() throws RefusalException {
        NoteService.write(staging(), text);
        stdout.println("ok");
        return 0;
    }
}
