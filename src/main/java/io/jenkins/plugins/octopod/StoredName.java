package io.jenkins.plugins.octopod;

import hudson.util.XStream2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Name under which XStream stores a class. A stored name does not depend on the name of the class, so a class can be
 * renamed without a migration.
 */
@Restricted(NoExternalUse.class)
public final class StoredName {

    private StoredName() {}

    /**
     * Makes instances of XStream write the class under this name. They still read it under the class name that was
     * stored earlier.
     *
     * @param before earlier class name, as a literal, so that it doesn’t change when the class is renamed
     */
    public static void register(String name, Class<?> type, String before, XStream2... instances) {
        for (XStream2 xstream : instances) {
            xstream.alias(name, type);
            xstream.addCompatibilityAlias(before, type);
        }
    }
}
