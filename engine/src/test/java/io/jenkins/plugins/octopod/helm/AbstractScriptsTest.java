package io.jenkins.plugins.octopod.helm;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A test of the scripts with each real helm of this machine. Whether it needs a cluster is said by its tag. */
abstract class AbstractScriptsTest {

    @TempDir
    Path directory;

    static List<Path> helms() {
        return HelmTools.helms();
    }
}
