package io.jenkins.plugins.octopod;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import hudson.model.Queue;
import hudson.remoting.Callable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Tests the dependencies between packages; docs/architecture.md explains them. */
@AnalyzeClasses(packages = "io.jenkins.plugins.octopod", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.jenkins.plugins.octopod.";
    private static final String STAGING = ROOT + "staging.";
    private static final int MAX_FILE_LINES = 400;
    private static final int MAX_PACKAGE_FILES = 18;

    @ArchTest
    static final ArchRule dependenciesGoOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("dashboard")
            .definedBy(ROOT + "dashboard..")
            .layer("pipeline")
            .definedBy(ROOT + "pipeline..")
            .layer("cli")
            .definedBy(ROOT + "cli..")
            .layer("api")
            .definedBy(ROOT + "api..")
            .layer("jobdsl")
            .definedBy(ROOT + "jobdsl..")
            .layer("kubernetes")
            .definedBy(ROOT + "kubernetes..")
            .layer("credentials")
            .definedBy(ROOT + "credentials..")
            .layer("staging")
            .definedBy(ROOT + "staging..")
            .layer("project")
            .definedBy(ROOT + "project..")
            .layer("health")
            .definedBy(ROOT + "health..")
            .layer("scripts")
            .definedBy(ROOT + "scripts..")
            .layer("security")
            .definedBy(ROOT + "security..")
            .layer("engine")
            .definedBy(ROOT + "engine..")
            .whereLayer("security")
            .mayNotAccessAnyLayer()
            .whereLayer("dashboard")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("pipeline")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("api")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("jobdsl")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("kubernetes")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("credentials")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("staging")
            .mayOnlyBeAccessedByLayers("dashboard", "pipeline", "cli", "api", "kubernetes")
            .whereLayer("project")
            .mayOnlyBeAccessedByLayers(
                    "dashboard", "pipeline", "cli", "api", "jobdsl", "kubernetes", "credentials", "staging")
            .whereLayer("health")
            .mayOnlyBeAccessedByLayers("staging", "kubernetes")
            .whereLayer("scripts")
            .mayOnlyBeAccessedByLayers("staging", "project", "health", "credentials", "kubernetes");

    /** By exact package, so that a module’s root package counts as well. */
    private static final SliceAssignment PACKAGES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(ROOT)
                    ? SliceIdentifier.of(type.getPackageName().substring(ROOT.length()))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            SlicesRuleDefinition.slices().assignedFrom(PACKAGES).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule stagingHasLayers = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("maintenance")
            .definedBy(STAGING + "maintenance")
            .layer("turn")
            .definedBy(STAGING + "turn")
            .layer("request")
            .definedBy(STAGING + "request")
            .layer("run")
            .definedBy(STAGING + "run")
            .layer("statistics and notifications")
            .definedBy(STAGING + "statistics", STAGING + "notifications")
            .layer("queue")
            .definedBy(STAGING + "queue")
            .layer("checks and journal")
            .definedBy(
                    STAGING + "checks",
                    STAGING + "journal",
                    STAGING + "extension",
                    STAGING + "sharing",
                    STAGING + "build")
            .layer("item")
            .definedBy(ROOT + "staging")
            .layer("state")
            .definedBy(STAGING + "state", STAGING + "waiting")
            .layer("values")
            .definedBy(
                    STAGING + "lifetime",
                    STAGING + "log",
                    STAGING + "note",
                    STAGING + "support",
                    STAGING + "defaults",
                    STAGING + "overrides")
            .whereLayer("maintenance")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("turn")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("request")
            .mayOnlyBeAccessedByLayers("maintenance", "turn")
            .whereLayer("run")
            .mayOnlyBeAccessedByLayers("request", "maintenance")
            .whereLayer("statistics and notifications")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("queue")
            .mayOnlyBeAccessedByLayers("run", "request", "turn", "maintenance")
            .whereLayer("checks and journal")
            .mayOnlyBeAccessedByLayers("run", "request", "maintenance", "queue", "statistics and notifications")
            .whereLayer("item")
            .mayOnlyBeAccessedByLayers(
                    "maintenance",
                    "turn",
                    "request",
                    "run",
                    "statistics and notifications",
                    "queue",
                    "checks and journal")
            .whereLayer("state")
            .mayOnlyBeAccessedByLayers(
                    "maintenance",
                    "turn",
                    "request",
                    "run",
                    "statistics and notifications",
                    "queue",
                    "checks and journal",
                    "item");

    /** What is public for other packages of its own module only. */
    @ArchTest
    static final ArchRule moduleInternalsStayInTheirModule = classes()
            .should(new ArchCondition<>("not use what is internal to another module") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getDirectDependenciesFromSelf().stream()
                            .filter(dependency -> isInternal(dependency.getTargetClass()))
                            .filter(dependency ->
                                    !module(dependency.getTargetClass()).equals(module(type)))
                            .forEach(dependency ->
                                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
                    type.getAccessesFromSelf().stream()
                            .filter(access -> !module(access.getTargetOwner()).equals(module(type)))
                            .filter(access -> access.getTarget().isAnnotatedWith(ModuleInternal.class))
                            .forEach(
                                    access -> events.add(SimpleConditionEvent.violated(type, access.getDescription())));
                }
            });

    private static boolean isInternal(JavaClass type) {
        return type.isAnnotatedWith(ModuleInternal.class);
    }

    /** The first level of the package below the root. */
    private static String module(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT) ? name.substring(ROOT.length()).split("\\.")[0] : "";
    }

    @ArchTest
    static final ArchRule engineKnowsNoJenkins = noClasses()
            .that()
            .resideInAPackage(ROOT + "engine..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("hudson..", "jenkins..", "org.kohsuke.stapler.."));

    /** What can change belongs to the running Jenkins, so that no test can leave it changed for the next Jenkins. */
    @ArchTest
    static final ArchRule staticFieldsAreFinal = fields().that()
            .areStatic()
            .and()
            // Its content is a file of the plugin, which is read when it is first needed.
            .areNotDeclaredIn(ROOT + "scripts.HelmScriptsArchive")
            .should()
            .beFinal();

    private static final DescribedPredicate<JavaMethodCall> SCHEDULING = DescribedPredicate.describe(
            "that put something into the queue",
            call -> call.getTargetOwner().isAssignableTo(Queue.class)
                    && List.of("schedule", "schedule2").contains(call.getName()));

    @ArchTest
    static final ArchRule onlyTheFacadeIsAskedForChanges = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "staging..")
            .should()
            .callMethodWhere(SCHEDULING);

    /** Else the rule above would hold for whatever reason. */
    @ArchTest
    static void theFacadeIsSeenToSchedule(JavaClasses classes) {
        ArchRule nobody = noClasses().should().callMethodWhere(SCHEDULING);
        Assertions.assertThrows(AssertionError.class, () -> nobody.check(classes));
    }

    @ArchTest
    static final ArchRule remotingClassesAreSmall = classes()
            .that()
            .implement(Callable.class)
            .or()
            .areAssignableTo(jenkins.MasterToSlaveFileCallable.class)
            .should(haveAtMostFields(6));

    private static ArchCondition<JavaClass> haveAtMostFields(int most) {
        return new ArchCondition<>("have at most " + most + " fields that are sent") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                long sent = type.getFields().stream()
                        .filter(field ->
                                !field.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC))
                        .count();
                events.add(new SimpleConditionEvent(type, sent <= most, type.getName() + " sends " + sent));
            }
        };
    }

    @Test
    void filesAreShort() throws IOException {
        try (Stream<Path> files =
                Stream.of(Path.of("src"), Path.of("engine/src")).flatMap(ArchitectureTest::walk)) {
            List<String> tooLong = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > MAX_FILE_LINES)
                    .map(Path::toString)
                    .toList();
            Assertions.assertEquals(List.of(), tooLong);
        }
    }

    @Test
    void noPackageIsCrowded() throws IOException {
        try (Stream<Path> packages = Stream.of(Path.of("src/main/java"), Path.of("engine/src/main/java"))
                .flatMap(ArchitectureTest::walk)) {
            List<String> crowded = packages.filter(Files::isDirectory)
                    .filter(directory -> sources(directory) > MAX_PACKAGE_FILES)
                    .map(Path::toString)
                    .toList();
            Assertions.assertEquals(List.of(), crowded);
        }
    }

    /** Counts the files with types. */
    private static long sources(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void eachPackageSaysWhatLivesThere() throws IOException {
        try (Stream<Path> packages =
                walk(Path.of("src/main/java/io/jenkins/plugins/octopod")).filter(Files::isDirectory)) {
            List<String> silent = packages.filter(directory -> !Files.exists(directory.resolve("package-info.java")))
                    .map(Path::toString)
                    .toList();
            Assertions.assertEquals(List.of(), silent);
        }
    }

    private static Stream<Path> walk(Path directory) {
        try {
            return Files.walk(directory);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
