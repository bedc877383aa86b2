package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.util.XStream2;
import io.jenkins.plugins.octopod.project.LifetimeSettings;
import io.jenkins.plugins.octopod.staging.lifetime.Expiry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What somebody may have written into a staging’s config.xml by hand. */
class ExpiryBoundsTest {

    private static Expiry read(String content) {
        String tag = Expiry.class.getName();
        return (Expiry) new XStream2().fromXML("<" + tag + ">" + content + "</" + tag + ">");
    }

    @Test
    void daysAreBounded() {
        assertEquals(LifetimeSettings.MAX_DAYS, read("<days>2147483647</days>").days());
        assertEquals(0, read("<days>-7</days>").days());
        assertEquals(30, read("<days>30</days>").days());
        assertThrows(IllegalArgumentException.class, () -> Expiry.afterDays(LifetimeSettings.MAX_DAYS + 1));
    }

    @Test
    void datesAreBounded() {
        assertEquals(
                Instant.parse("9999-12-31T23:59:59Z"),
                read("<date>9223372036854775807</date>").date());
        assertEquals(Instant.EPOCH, read("<date>0</date>").date());
    }
}
