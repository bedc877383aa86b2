package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.StagingName;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.CmdLineException;
import org.kohsuke.args4j.CmdLineParser;
import org.kohsuke.args4j.Option;
import org.kohsuke.args4j.ParserProperties;

/** Command line of {@code bin/bench}. */
final class BenchOptions {

    @Argument(metaVar = "DIRECTORY", usage = "directory of the control scripts")
    private Path directory;

    @Option(name = "--name", metaVar = "NAME", usage = "name of the staging that the bench creates and removes")
    private String name = "bench";

    @Option(
            name = "-o",
            metaVar = "KEY=VALUE",
            usage = "overrides a key of the deployment configuration, can be repeated")
    private List<String> deploymentOverrides = new ArrayList<>();

    @Option(
            name = "-e",
            metaVar = "KEY=VALUE",
            usage = "overrides a key of the application configuration, can be repeated")
    private List<String> applicationOverrides = new ArrayList<>();

    @Option(
            name = "--junit-xml",
            metaVar = "FILE",
            usage = "writes the results to this file, in the XML format of JUnit")
    private Path junitXml;

    @Option(
            name = "--timeout",
            metaVar = "SECONDS",
            usage = "time limit for each script, and for repeating check and archive_check until they succeed")
    private int timeoutSeconds = 300;

    @Option(name = "--project-name", metaVar = "P", usage = "value of --project-name for the scripts")
    private String projectName = "bench";

    @Option(name = "--base-domain", metaVar = "D", usage = "value of --base-domain for the scripts")
    private String baseDomain = "localhost";

    @Option(name = "--namespace", metaVar = "N", usage = "value of --namespace for the scripts")
    private String namespace = "bench";

    @Option(name = "--help", aliases = "-h", help = true, usage = "prints this help")
    private boolean help;

    private LifecycleScenario.Subject subject;

    private BenchOptions() {}

    /**
     * Parses the command line.
     *
     * @throws UsageException if it is invalid; the message is a sentence
     */
    static BenchOptions parse(String... arguments) throws UsageException {
        BenchOptions options = new BenchOptions();
        try {
            parser(options).parseArgument(arguments);
            if (!options.help) {
                options.check();
            }
        } catch (CmdLineException | RefusalException e) {
            throw new UsageException(e.getMessage());
        }
        return options;
    }

    private void check() throws UsageException, RefusalException {
        if (directory == null) {
            throw new UsageException("Say which directory of control scripts to try.");
        }
        if (!Files.isDirectory(directory)) {
            throw new UsageException("There is no directory “" + directory + "”.");
        }
        if (timeoutSeconds <= 0) {
            throw new UsageException("--timeout needs a number of seconds above 0.");
        }
        if (junitXml != null) {
            Path parent = junitXml.toAbsolutePath().getParent();
            if (Files.isDirectory(junitXml) || parent == null || !Files.isWritable(parent)) {
                throw new UsageException("“" + junitXml + "” can’t be written: check whether its directory exists.");
            }
        }
        subject = new LifecycleScenario.Subject(
                new ProjectIdentity(projectName, baseDomain, namespace),
                StagingName.of(name, StagingName.MAX_LENGTH_LIMIT),
                overrides("-o", deploymentOverrides),
                overrides("-e", applicationOverrides));
    }

    private static Overrides overrides(String option, List<String> pairs) throws UsageException, RefusalException {
        Overrides.Builder builder = new Overrides.Builder();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new UsageException("“" + option + " " + pair + "” has no value: write KEY=VALUE.");
            }
            builder.set(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return builder.build();
    }

    static void printUsage(PrintStream out) {
        StringWriter options = new StringWriter();
        parser(new BenchOptions()).printUsage(options, null);
        out.println("Usage: bin/bench DIRECTORY [options]");
        out.println();
        out.println("Runs control scripts through the whole life of a staging on this machine, and says");
        out.println("for each script whether it keeps the contract. Exit status: 0 if all scripts do,");
        out.println("1 if not, 2 if the command line is invalid.");
        out.println();
        out.print(options);
        out.flush();
    }

    private static CmdLineParser parser(BenchOptions options) {
        return new CmdLineParser(
                options, ParserProperties.defaults().withUsageWidth(100).withShowDefaults(false));
    }

    boolean isHelp() {
        return help;
    }

    ScriptDirectory directory() {
        return new ScriptDirectory(directory.toAbsolutePath().normalize());
    }

    LifecycleScenario.Subject subject() {
        return subject;
    }

    Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    /** Returns the file for the results in JUnit's format; null if none is requested. */
    Path junitXml() {
        return junitXml;
    }

    /** Thrown if the command line is invalid. The message is for the user who typed it. */
    static final class UsageException extends Exception {

        private static final long serialVersionUID = 1L;

        UsageException(String sentence) {
            super(sentence);
        }
    }
}
