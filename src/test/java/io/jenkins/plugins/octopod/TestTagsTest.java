package io.jenkins.plugins.octopod;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.platform.commons.support.AnnotationSupport;

/** Tests that {@code bin/test --quick}, which leaves out the tag {@code jenkins}, starts no Jenkins. */
@AnalyzeClasses(packages = "io.jenkins.plugins.octopod", importOptions = ImportOption.OnlyIncludeTests.class)
class TestTagsTest {

    /** By name, as this class would otherwise be seen to use them. */
    private static final Set<String> STARTERS = Set.of(
            "org.jvnet.hudson.test.JenkinsRule",
            "org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension",
            "org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension",
            "org.jvnet.hudson.test.junit.jupiter.WithJenkins",
            "io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode",
            "io.jenkins.plugins.octopod.fixtures.WithSharedJenkins");

    private static final DescribedPredicate<JavaClass> TESTS = DescribedPredicate.describe(
            "that contain tests",
            type -> type.getSimpleName().endsWith("Test")
                    || type.getSimpleName().endsWith("Properties"));

    @ArchTest
    static final ArchRule testsThatStartAJenkinsAreTagged =
            classes().that(TESTS).should(beTaggedIfTheyStartAJenkins());

    private static ArchCondition<JavaClass> beTaggedIfTheyStartAJenkins() {
        return new ArchCondition<>("have the tag \"jenkins\" if they start a Jenkins") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean starts = type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency ->
                                STARTERS.contains(dependency.getTargetClass().getName()));
                boolean tagged = AnnotationSupport.findRepeatableAnnotations(type.reflect(), Tag.class).stream()
                        .anyMatch(tag -> tag.value().equals("jenkins"));
                events.add(new SimpleConditionEvent(
                        type, !starts || tagged, type.getName() + " starts a Jenkins and lacks the tag \"jenkins\""));
            }
        };
    }
}
