package io.jenkins.plugins.octopod.jobdsl;

import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.octopod.project.ProjectDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javaposse.jobdsl.dsl.DslException;
import javaposse.jobdsl.dsl.MemoryJobManagement;
import javaposse.jobdsl.dsl.helpers.properties.FolderPropertiesContext;
import javaposse.jobdsl.plugin.ContextExtensionPoint;
import javaposse.jobdsl.plugin.DslEnvironment;
import javaposse.jobdsl.plugin.DslExtensionMethod;
import javaposse.jobdsl.plugin.structs.DescribableContext;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.variant.OptionalExtension;

/**
 * Adds {@code octopodProject('shop') { … }} to a folder’s properties in Job DSL. It creates the project in that folder.
 * Other plugins can’t add kinds of items to Job DSL, but they can add to its lists, and are notified when an item was
 * created or updated.
 */
@OptionalExtension(requirePlugins = "job-dsl")
public final class OctopodProjectDsl extends ContextExtensionPoint {

    private static final String KEY = OctopodProjectDsl.class.getName();

    /**
     * Reads a project’s settings.
     *
     * @param settings Groovy closure that calls the setters of {@link ProjectDefinition}
     * @return null, because the folder itself gets no property
     */
    @DslExtensionMethod(context = FolderPropertiesContext.class)
    public Object octopodProject(DslEnvironment environment, String name, Runnable settings) {
        // Job DSL's own context, because its sandbox allows unqualified calls only there. The context uses the job
        // management for warnings about deprecated settings, and there are none.
        DescribableContext context =
                new DescribableContext(new DescribableModel<>(ProjectDefinition.class), new MemoryJobManagement());
        context.methodMissing("name", new Object[] {name});
        executeInContext(settings, context);
        List<ProjectDefinition> definitions = new ArrayList<>(definitions(environment));
        definitions.add((ProjectDefinition) context.createInstance());
        environment.put(KEY, definitions);
        return null;
    }

    @Override
    public void notifyItemCreated(Item item, DslEnvironment environment) {
        apply(item, environment);
    }

    @Override
    public void notifyItemUpdated(Item item, DslEnvironment environment) {
        apply(item, environment);
    }

    private static void apply(Item item, DslEnvironment environment) {
        for (ProjectDefinition definition : definitions(environment)) {
            try {
                definition.apply((ItemGroup<?>) item);
            } catch (IOException | IllegalArgumentException e) {
                throw new DslException(e.getMessage(), e);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static List<ProjectDefinition> definitions(DslEnvironment environment) {
        Object definitions = environment.get(KEY);
        return definitions == null ? List.of() : (List<ProjectDefinition>) definitions;
    }
}
