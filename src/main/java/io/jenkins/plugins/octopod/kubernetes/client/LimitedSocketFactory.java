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
 * Makes sockets that limit what a server can send before anything of it is handed on. The client collects a message of a watch, a
 * line, or the headers of an answer, until it is complete, and has no limit of its own for most of that. A thread that gets
 * something from the client says so by {@link #handedOn}. A connection that exceeds the limit is cut; a watch then goes on from
 * where it was. Only for HTTP/1.1, where the thread that gets something is the one that reads from the socket.
 */
final class LimitedSocketFactory extends SocketFactory {

    /** Twice as much as the largest object that a cluster stores. */
    static final int MAX_RECEIVED = 4 * 1024 * 1024;

    /** So much each connection has without asking for it. */
    private static final int FREE = 64 * 1024;

    /** What the current thread has read from last. */
    private static final ThreadLocal<Limited> READING = new ThreadLocal<>();

    private final ByteBudget budget;

    LimitedSocketFactory(ByteBudget budget) {
        this.budget = budget;
    }

    /** Tells that the current thread has got what it was reading. */
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

    /** What is received; read by one thread at a time. */
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

        /** Gives back what is reserved. A read that has begun, and returns after this, reserves nothing. */
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
