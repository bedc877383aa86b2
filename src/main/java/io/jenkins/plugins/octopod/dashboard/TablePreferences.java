package io.jenkins.plugins.octopod.dashboard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.User;
import hudson.model.UserProperty;
import hudson.model.UserPropertyDescriptor;
import hudson.model.userproperty.UserPropertyCategory;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;

/** Columns of the table of stagings that a user has hidden. Users set them in the table, not on their settings page. */
@Restricted(NoExternalUse.class)
public final class TablePreferences extends UserProperty {

    /** Keys of the columns that can be hidden, in the table’s order. */
    static final List<String> HIDEABLE = List.of("links", "tag", "overrides", "created", "changed", "expires");

    private final List<String> hiddenColumns;

    TablePreferences(Collection<String> hiddenColumns) {
        this.hiddenColumns = known(hiddenColumns);
    }

    /** Returns the keys of the hidden columns, in the table’s order. */
    @NonNull
    public List<String> getHiddenColumns() {
        // A different version of the plugin might have stored different columns.
        return known(hiddenColumns);
    }

    private static List<String> known(@CheckForNull Collection<String> columns) {
        // A request can contain null.
        Set<String> given = columns == null ? Set.of() : new HashSet<>(columns);
        return HIDEABLE.stream().filter(given::contains).toList();
    }

    /** Returns the hidden columns of a user; an empty list for an anonymous user. */
    static List<String> hiddenColumns(@CheckForNull User user) {
        TablePreferences preferences = user == null ? null : user.getProperty(TablePreferences.class);
        return preferences == null ? List.of() : preferences.getHiddenColumns();
    }

    /** Stores the hidden columns of a user. Unknown columns are ignored. */
    static void hide(User user, Collection<String> columns) throws IOException {
        user.addProperty(new TablePreferences(columns));
    }

    /** Keeps the columns when the user saves the settings page, which doesn’t show them. */
    @Override
    public UserProperty reconfigure(StaplerRequest2 req, JSONObject form) {
        return this;
    }

    /** Descriptor of the columns. */
    @Extension
    public static final class DescriptorImpl extends UserPropertyDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TablePreferences_displayName();
        }

        /** Returns null, because a user without the property hides no column. */
        @Override
        public UserProperty newInstance(User user) {
            return null;
        }

        @NonNull
        @Override
        public UserPropertyCategory getUserPropertyCategory() {
            return UserPropertyCategory.get(UserPropertyCategory.Invisible.class);
        }
    }
}
