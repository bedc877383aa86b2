package io.jenkins.plugins.octopod.dashboard.page;

import hudson.Extension;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Texts for the scripts of a page. The Jelly tag {@code texts} prints them. It is an extension because Jelly can’t load
 * a class of a plugin by its name, but Jenkins’ list of extensions can.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class PageTexts {

    private static final String TAGS = "io.jenkins.plugins.octopod.dashboard.tags.";

    /**
     * Returns the texts of a bundle in the language of the current request, by key.
     *
     * @param bundle name of a bundle beside the Jelly tags
     * @throws java.util.MissingResourceException if there is no such bundle
     */
    public Map<String, String> of(String bundle) {
        ResourceBundle found = ResourceBundle.getBundle(
                TAGS + bundle,
                LocaleProvider.getLocale(),
                PageTexts.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        Map<String, String> texts = new TreeMap<>();
        found.keySet().forEach(key -> texts.put(key, found.getString(key)));
        return texts;
    }
}
