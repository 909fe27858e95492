package org.xietong.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A network path to the store that can be frozen, cut, or made to lose just the answer to a commit. */
final class Relay implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch thaw = new CountDownLatch(0);
    private volatile boolean refusing;
    private volatile boolean cutAtCommit;
    private volatile boolean cutAfterCommit;

    Relay(int target) throws IOException {
        this.target = target;
        server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Whether the store knows one of the connections by this port of its client. */
    boolean carries(int clientPort) {
        return sockets.stream().anyMatch(socket -> !socket.isClosed() && socket.getLocalPort() == clientPort);
    }

    /** From now on nothing passes, and nothing ends either. */
    void freeze() {
        thaw = new CountDownLatch(1);
    }

    void thaw() {
        thaw.countDown();
    }

    /** Ends every connection and refuses new ones. */
    void cut() {
        refusing = true;
        endAll();
    }

    /** Ends every connection; new ones are welcome. */
    void endAll() {
        sockets.forEach(Relay::close);
    }

    void restore() {
        refusing = false;
        cutAtCommit = false;
        cutAfterCommit = false;
    }

    /** Ends a connection when it sends COMMIT, before the store gets it. */
    void cutAtCommit() {
        cutAtCommit = true;
    }

    /** Lets COMMIT pass and swallows the answer. */
    void cutAfterCommit() {
        cutAfterCommit = true;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                Socket store = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(store);
                boolean[] swallow = new boolean[1];
                Thread.ofPlatform().daemon().start(() -> pump(client, store, true, swallow));
                Thread.ofPlatform().daemon().start(() -> pump(store, client, false, swallow));
            } catch (IOException stopped) {
                // the next turn sees whether the relay is closed
            }
        }
    }

    private void pump(Socket from, Socket to, boolean request, boolean[] swallow) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                thaw.await();
                boolean commit = request && text(buffer, read).contains("COMMIT");
                if (commit && cutAtCommit) {
                    return;
                }
                synchronized (swallow) {
                    swallow[0] |= commit && cutAfterCommit;
                    if (!request && swallow[0]) {
                        return;
                    }
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException | InterruptedException ended) {
            // both sockets are closed
        }
    }

    private static String text(byte[] buffer, int length) {
        return new String(Arrays.copyOf(buffer, length), StandardCharsets.ISO_8859_1);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // closed is closed
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        thaw();
        endAll();
    }
}
