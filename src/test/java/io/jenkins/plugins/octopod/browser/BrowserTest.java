package io.jenkins.plugins.octopod.browser;

import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks tests that get a {@link Browser} and a Jenkins; one browser for all tests of the class. The shared Jenkins is emptied after each test. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("browser")
@WithSharedJenkins
@ExtendWith(BrowserExtension.class)
@interface BrowserTest {}
