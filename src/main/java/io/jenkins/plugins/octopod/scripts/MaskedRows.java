package io.jenkins.plugins.octopod.scripts;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv.SuggestedTag;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.UnreadableOutputException;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.text.PrintableText;
import io.jenkins.plugins.octopod.scripts.secrets.SecretMask;
import java.util.Map;
import java.util.Optional;

/**
 * Finds secrets in rows that are used as data: default values, which are deployed, links and tags. A mask would silently
 * change what is deployed, and without a mask all users would see the secret. Therefore rows with a secret are refused.
 */
final class MaskedRows {

    private MaskedRows() {}

    /**
     * Returns a sentence that names the key of a row with a secret; empty if there is none, or if the script has
     * failed.
     */
    static Optional<String> refusal(ControlScript script, ScriptResult printed, SecretMask mask) {
        if (!printed.isSuccess() || printed.stdout().isEmpty()) {
            return Optional.empty();
        }
        try {
            return switch (script) {
                case INFO ->
                    ScriptOutputCsv.links(printed.stdout()).stream()
                            .filter(link -> hides(mask, link.name()) || hides(mask, link.url()))
                            .map(StagingLink::name)
                            .findFirst()
                            .map(name -> Messages.MaskedRows_link(mask.apply(name)));
                case TAGS ->
                    ScriptOutputCsv.tags(printed.stdout()).stream()
                            .filter(tag -> hides(mask, tag.tag()) || hides(mask, tag.description()))
                            .map(SuggestedTag::tag)
                            .findFirst()
                            .map(tag -> Messages.MaskedRows_tag(mask.apply(tag)));
                default ->
                    ScriptOutputCsv.configuration(script, printed.stdout()).asMap().entrySet().stream()
                            .filter(row -> hides(mask, row.getKey()) || hides(mask, row.getValue()))
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .map(key -> Messages.MaskedRows_default(script, mask.apply(key)));
            };
        } catch (UnreadableOutputException e) {
            // The caller parses the rows again and reports the error, with masked text.
            return Optional.empty();
        }
    }

    private static boolean hides(SecretMask mask, String text) {
        String printable = PrintableText.of(text);
        return !mask.apply(text).equals(text) || !mask.apply(printable).equals(printable);
    }
}
