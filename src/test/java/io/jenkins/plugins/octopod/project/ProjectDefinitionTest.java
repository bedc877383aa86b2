package io.jenkins.plugins.octopod.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.fixtures.DocumentedProject;
import io.jenkins.plugins.octopod.project.access.PipelineAccess;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.stapler.DataBoundSetter;

/** A setting that is new in the form is one in files, too, and the documentation shows it. */
class ProjectDefinitionTest {

    @Test
    void hasWhatTheFormHas() {
        Set<String> form = settings(OctopodProject.class);
        assertTrue(form.size() > 10, form.toString());
        Set<String> files = settings(ProjectDefinition.class);
        // Those are every folder’s, which its form saves by itself; its properties are each other plugins’.
        assertTrue(files.containsAll(Set.of("displayName", "description", "projectProperties")), files.toString());
        files.removeAll(Set.of("displayName", "description", "projectProperties"));
        assertEquals(form, files);
    }

    @Test
    void theListHasAllSettings() {
        Set<String> called = new TreeSet<>();
        ProjectSetting.Owner owner = (ProjectSetting.Owner) Proxy.newProxyInstance(
                ProjectSetting.Owner.class.getClassLoader(),
                new Class<?>[] {ProjectSetting.Owner.class},
                (proxy, method, arguments) -> {
                    called.add(method.getName());
                    Class<?> type = method.getReturnType();
                    return type == int.class ? (Object) 1 : type == String.class ? "a" : null;
                });
        ProjectSetting.copyAll(owner, owner);
        assertEquals(
                Arrays.stream(ProjectSetting.Owner.class.getMethods())
                        .map(Method::getName)
                        .collect(Collectors.toCollection(TreeSet::new)),
                called);
        assertEquals(
                settings(OctopodProject.class),
                called.stream()
                        .filter(name -> name.startsWith("set"))
                        .map(ProjectDefinitionTest::setting)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "groovy"})
    void theExamplesShowAllOfThem(String language) throws Exception {
        String example = DocumentedProject.example(language);
        for (Class<?> type : new Class<?>[] {
            ProjectDefinition.class,
            LifetimeSettings.class,
            SleepSettings.class,
            CheckSettings.class,
            LimitSettings.class,
            PipelineAccess.class
        }) {
            for (String setting : settings(type)) {
                assertTrue(example.matches("(?s).*\\b" + setting + "\\b.*"), setting);
            }
        }
    }

    private static Set<String> settings(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .map(Method::getName)
                .map(ProjectDefinitionTest::setting)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String setting(String setter) {
        return Character.toLowerCase(setter.charAt(3)) + setter.substring(4);
    }
}
