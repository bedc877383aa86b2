package io.jenkins.plugins.octopod.kubernetes.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Factory of sockets that limit how much a server can send before the client passes it on. The client collects a
 * message of a watch, a line, or the headers of a response until it is complete, mostly without its own limit. A thread
 * that gets something from the client calls {@link #handedOn}. A connection that exceeds the limit is closed, and a
 * watch continues from its last state. For HTTP/1.1 only, because there the thread that gets the data also reads from
 * the socket.
 */
final class LimitedSocketFactory extends SocketFactory {

    /** Limit in bytes, twice the size of the largest object that a cluster stores. */
    static final int MAX_RECEIVED = 4 * 1024 * 1024;

    /** Bytes that each connection can use without reserving them. */
    private static final int FREE = 64 * 1024;

    /** Stream that the current thread has read from last. */
    private static final ThreadLocal<Limited> READING = new ThreadLocal<>();

    private final ByteBudget budget;

    LimitedSocketFactory(ByteBudget budget) {
        this.budget = budget;
    }

    /** Resets the limit, because the current thread has received what it was reading. */
    static void handedOn() {
        Limited reading = READING.get();
        if (reading != null) {
            reading.begin();
        }
    }

    @Override
    public Socket createSocket() {
        return new LimitedSocket(budget);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        Socket socket = createSocket();
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        Socket socket = createSocket();
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket(address, port);
    }

    private static final class LimitedSocket extends Socket {

        private final ByteBudget budget;

        @CheckForNull
        private Limited input;

        LimitedSocket(ByteBudget budget) {
            this.budget = budget;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            InputStream received = super.getInputStream();
            synchronized (this) {
                if (input == null) {
                    input = new Limited(received, budget);
                }
                return input;
            }
        }

        @Override
        public void close() throws IOException {
            super.close();
            synchronized (this) {
                if (input != null) {
                    input.end();
                }
            }
        }
    }

    /** Input of a socket. One thread reads at a time. */
    static final class Limited extends FilterInputStream {

        private final ByteBudget budget;
        private long received;
        private long reserved;
        private boolean ended;

        Limited(InputStream in, ByteBudget budget) {
            super(in);
            this.budget = budget;
        }

        synchronized void begin() {
            received = 0;
            budget.release(reserved);
            reserved = 0;
        }

        /** Releases what is reserved. A read that is in progress reserves nothing when it returns. */
        synchronized void end() {
            ended = true;
            begin();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            READING.set(this);
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                count(read);
            }
            return read;
        }

        private synchronized void count(int read) throws AnswerTooLargeException {
            received += read;
            if (received > MAX_RECEIVED) {
                throw new AnswerTooLargeException(MAX_RECEIVED);
            }
            if (received > FREE && !ended) {
                budget.reserve(read);
                reserved += read;
            }
        }
    }
}
