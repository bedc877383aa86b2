package io.jenkins.plugins.octopod.cli.output;

import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Jenkins prints more to a command’s streams, and closes them itself. */
@ModuleInternal
public final class Unclosed extends FilterOutputStream {

    public Unclosed(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
