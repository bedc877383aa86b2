package io.jenkins.plugins.octopod;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Action;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Factory that adds one action to each object of a type. */
@Restricted(NoExternalUse.class)
public abstract class SingleActionFactory<T> extends TransientActionFactory<T> {

    private final Class<T> type;
    private final Function<T, Action> action;

    /**
     * Creates the factory.
     *
     * @param action creates the action of an object
     */
    protected SingleActionFactory(Class<T> type, Function<T, Action> action) {
        this.type = type;
        this.action = action;
    }

    @Override
    public final Class<T> type() {
        return type;
    }

    @NonNull
    @Override
    public final Collection<? extends Action> createFor(@NonNull T target) {
        return Set.of(action.apply(target));
    }
}
