package org.xietong.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A relay before PostgreSQL that counts the statements that pass (messages Execute and Query of the protocol, version 3),
 * so that no statement goes uncounted, whatever sends it. {@link City#statements()} reads the count.
 */
final class WireStatements {
    static final String COUNT = "xietong.test.wire-statements";
    private static final int FIRST_MESSAGE_OF_PROTOCOL_3 = 196_608;

    private final ServerSocket server;
    private final int target;
    private long count;

    private WireStatements(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** A relay to the port of this machine. */
    static WireStatements before(int target) throws IOException {
        WireStatements relay = new WireStatements(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        System.setProperty(COUNT, "0");
        Thread.ofPlatform().daemon().start(relay::accept);
        return relay;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = server.accept();
                Socket store = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                store.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().start(() -> requests(client, store));
                Thread.ofPlatform().daemon().start(() -> answers(store, client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void requests(Socket from, Socket to) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            DataOutputStream out = new DataOutputStream(to.getOutputStream());
            for (boolean started = false; !started; ) {
                byte[] opening = message(in);
                started = code(opening) == FIRST_MESSAGE_OF_PROTOCOL_3;
                out.write(length(opening.length));
                out.write(opening);
            }
            while (true) {
                int type = in.readUnsignedByte();
                byte[] body = message(in);
                if (type == 'E' || type == 'Q') {
                    counted();
                }
                byte[] whole = new byte[5 + body.length];
                whole[0] = (byte) type;
                System.arraycopy(length(body.length), 0, whole, 1, 4);
                System.arraycopy(body, 0, whole, 5, body.length);
                out.write(whole);
            }
        } catch (IOException ended) {
            // both sockets are closed
        }
    }

    private static void answers(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // both sockets are closed
        }
    }

    private synchronized void counted() {
        count++;
        System.setProperty(COUNT, Long.toString(count));
    }

    private static byte[] message(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt() - 4);
    }

    private static byte[] length(int body) {
        int length = body + 4;
        return new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length};
    }

    private static int code(byte[] opening) {
        return (opening[0] & 0xff) << 24 | (opening[1] & 0xff) << 16 | (opening[2] & 0xff) << 8 | opening[3] & 0xff;
    }
}
