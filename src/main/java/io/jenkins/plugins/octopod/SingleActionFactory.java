package io.jenkins.plugins.octopod;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Action;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Factory that adds at most one action to each object of a type. */
@Restricted(NoExternalUse.class)
public abstract class SingleActionFactory<T> extends TransientActionFactory<T> {

    private final Class<T> type;
    private final Class<? extends Action> actionType;
    private final Function<T, ? extends Action> action;

    /**
     * Creates the factory.
     *
     * @param actionType type of the actions; Jenkins asks for them only if it looks for this type
     * @param action creates the action of an object; null for an object without this action
     */
    protected <A extends Action> SingleActionFactory(Class<T> type, Class<A> actionType, Function<T, A> action) {
        this.type = type;
        this.actionType = actionType;
        this.action = action;
    }

    @Override
    public final Class<T> type() {
        return type;
    }

    @Override
    public final Class<? extends Action> actionType() {
        return actionType;
    }

    @NonNull
    @Override
    public final Collection<? extends Action> createFor(@NonNull T target) {
        Action one = action.apply(target);
        return one == null ? Set.of() : Set.of(one);
    }
}
