package io.jenkins.plugins.octopod.dashboard.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.dashboard.model.NoteSummary;
import io.jenkins.plugins.octopod.dashboard.web.RefusalResponse;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView;
import io.jenkins.plugins.octopod.dashboard.web.UnlistedPage;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.note.NoteText;
import io.jenkins.plugins.octopod.staging.request.NoteService;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Page on which users write a note about a staging. */
public class NoteAction extends UnlistedPage {

    private final Staging staging;

    NoteAction(Staging staging) {
        super(Messages._NoteAction_displayName(), "note");
        this.staging = staging;
    }

    /**
     * Text of the form.
     *
     * @param text text as typed
     * @param textError problem with the text; null if there is none
     * @param error any other problem; null if there is none
     */
    public record NoteInput(
            String text,
            @CheckForNull String textError,
            @CheckForNull String error) {}

    public Staging getStaging() {
        return staging;
    }

    /** Returns the note; null if there is none. */
    @CheckForNull
    public NoteSummary getNote() {
        return NoteSummary.of(staging.note());
    }

    /** Returns the initial values of the form. */
    public NoteInput getCurrentInput() {
        NoteSummary note = getNote();
        return new NoteInput(note == null ? "" : note.getText(), null, null);
    }

    public int getMaxLines() {
        return NoteText.MAX_LINES;
    }

    public int getMaxLength() {
        return NoteText.MAX_LENGTH;
    }

    /**
     * Replaces the note.
     *
     * @param text text as typed; empty to remove the note
     */
    @RequirePOST
    public HttpResponse doWrite(@QueryParameter String text) {
        staging.checkPermission(Item.BUILD);
        try {
            NoteService.write(staging, text);
            return HttpResponses.redirectViaContextPath(staging.getUrl());
        } catch (RefusalException e) {
            boolean input = e.getReason() == Reason.INVALID_INPUT;
            NoteInput refused =
                    new NoteInput(Util.fixNull(text), input ? e.getMessage() : null, input ? null : e.getMessage());
            return new RefusalResponse(RefusalView.of(e).statusCode(), this, "index.jelly", "form", refused);
        }
    }

    /** Adds the action to every staging. */
    @Extension
    public static class Factory extends SingleActionFactory<Staging> {

        public Factory() {
            super(Staging.class, NoteAction.class, NoteAction::new);
        }
    }
}
