package io.jenkins.plugins.octopod.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.util.FormValidation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectSettingsValidationTest {

    /** The regular expression for a domain ended in a StackOverflowError at some thousand dots. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDomainOfAnyLengthIsJudged() {
        FormValidation validation = ProjectSettingsValidation.checkBaseDomain("a" + ".a".repeat(100_000));
        assertEquals(FormValidation.Kind.ERROR, validation.kind);
        assertTrue(validation.getMessage().length() < 1000, validation.getMessage());
        assertEquals(
                FormValidation.Kind.OK, ProjectSettingsValidation.checkBaseDomain("staging.example.com:8443").kind);
        assertEquals(FormValidation.Kind.OK, ProjectSettingsValidation.checkBaseDomain("a" + ".a".repeat(126)).kind);
    }

    /** Kubernetes makes no pods for a StatefulSet with 53 characters, and certificates have a common name of 64 at most. */
    @ParameterizedTest
    @CsvSource({
        "40, staging.example.com, OK, ''",
        "41, staging.example.com, WARNING, Kubernetes creates no pods for a StatefulSet whose name has more than 52 characters. Allow at most 40",
        "44, staging.example.com:8443, WARNING, Kubernetes creates no pods",
        "45, staging.example.com:8443, WARNING, result in hosts of up to 65 characters. The common name of a certificate can have 64: allow 44 for",
        "10, a-very-long-subdomain-for-the-stagings-of-a-project.example.com, WARNING, can have 64: use a shorter domain.",
        "40, '', OK, ''",
        "53, , WARNING, Kubernetes creates no pods",
        "54, staging.example.com, ERROR, 53",
        "many, staging.example.com, ERROR, ''"
    })
    void namesThatClustersHaveNoRoomFor(String length, String domain, FormValidation.Kind kind, String told) {
        FormValidation validation = ProjectSettingsValidation.checkMaxNameLength(length, domain);
        assertEquals(kind, validation.kind, validation.getMessage());
        assertTrue(String.valueOf(validation.getMessage()).contains(told), validation.getMessage());
    }
}
