package io.jenkins.plugins.octopod.staging.support;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;

/** Decides whether the current user may see an item. */
public final class ItemVisibility {

    private ItemVisibility() {}

    /**
     * Returns whether the current user may see the item and all folders that contain it, as Jenkins requires for every
     * item.
     */
    public static boolean isVisible(@NonNull Item item) {
        Object level = item;
        while (level instanceof Item each) {
            if (!each.hasPermission(Item.READ)) {
                return false;
            }
            level = each.getParent();
        }
        return true;
    }
}
