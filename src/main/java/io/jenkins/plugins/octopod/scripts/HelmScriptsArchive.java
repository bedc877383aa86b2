package io.jenkins.plugins.octopod.scripts;

import hudson.Util;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Zip of {@code scripts/helm} that the build adds to the plugin. Immutable, and read once. */
final class HelmScriptsArchive {

    private static final String NAME = "helm-scripts.zip";

    private static HelmScriptsArchive instance;

    private final byte[] bytes;
    private final String content;

    private HelmScriptsArchive(byte[] bytes) throws IOException {
        this.bytes = bytes;
        this.content = content(bytes);
    }

    /**
     * Returns the archive.
     *
     * @throws IOException if the plugin was built without it, or it can’t be read
     */
    static synchronized HelmScriptsArchive get() throws IOException {
        if (instance == null) {
            try (InputStream in = HelmScriptsArchive.class.getResourceAsStream(NAME)) {
                if (in == null) {
                    throw new FileNotFoundException(NAME);
                }
                instance = new HelmScriptsArchive(in.readAllBytes());
            }
        }
        return instance;
    }

    /** Returns the zip. Callers must not change it. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns a version that changes with any file and with the settings, and that is valid as a file name. */
    String version(String settings) {
        return Util.getDigestOf(content + Util.getDigestOf(settings));
    }

    /**
     * Returns a digest of the files’ content, without their times, so that another build doesn’t install the same
     * scripts again.
     */
    private static String content(byte[] bytes) throws IOException {
        StringBuilder content = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                content.append(entry.getName())
                        .append(' ')
                        .append(Util.getDigestOf(new ByteArrayInputStream(zip.readAllBytes())))
                        .append('\n');
            }
        }
        return content.toString();
    }
}
